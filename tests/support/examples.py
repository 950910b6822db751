"""How many examples a property test tries: few in CI, many in the nightly profile."""

from hypothesis import settings

NIGHTLY = "nightly"


def is_nightly() -> bool:
    """Whether ``--hypothesis-profile`` or ``HYPOTHESIS_PROFILE`` asks for many."""
    return settings.default is settings.get_profile(NIGHTLY)


def examples(in_ci: int) -> settings:
    """The settings of a test that tries `in_ci` examples, or the profile's many."""
    return settings() if is_nightly() else settings(max_examples=in_ci)
