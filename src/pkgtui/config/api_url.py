"""The address of an API: checked where it comes in, shown without its password."""

from urllib.parse import urlsplit, urlunsplit

from pkgtui.errors import UsageError

DEFAULT_API_URL = "https://djangopackages.org/api/v4/"


def check_api_url(url: str) -> str:
    """`url` as a base: http or https, a host, one slash at the end."""
    try:
        parts = urlsplit(url.strip())
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname)
        # It is told as it is. Nor can be asked for what came from other than UTF-8.
        is_good = is_good and url.strip().isprintable()
        _ = parts.port  # raises ValueError where it is not a number
    except ValueError:
        is_good = False
    if not is_good:
        raise UsageError(
            f"not an API address: {without_credentials(url)!r}; "
            f"it looks like {DEFAULT_API_URL}"
        )
    return urlunsplit(
        (parts.scheme, parts.netloc, parts.path.rstrip("/") + "/", "", "")
    )


def without_credentials(url: str) -> str:
    """`url` to show: without the name and password that it may carry."""
    head, at, tail = url.rpartition("@")
    if not at:
        return url
    scheme, separator, _ = head.partition("://")
    return f"{scheme}{separator}{tail}" if separator else tail
