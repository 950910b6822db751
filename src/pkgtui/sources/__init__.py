"""Where facts come from: the API v4 client and the bundled sample, one decoder."""
