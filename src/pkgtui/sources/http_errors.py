"""What went wrong on the network, in one line: where, why, and what to do about it.

No exception of httpx, of the TLS library or of the operating system leaves `sources`;
no message holds the credentials that the API's address may carry.
"""

import os
import ssl
from collections.abc import Iterator
from http import HTTPStatus

import httpx

from pkgtui.errors import BadResponseError, ServerUnreachableError
from pkgtui.text import sanitize_line

_MAX_URL_CHARS = 100
_MAX_CAUSE_CHARS = 200
_CHECK_NETWORK = "check the network"
_CHECK_API_URL = "is this an API v4? check --api-url"
_LATER = "try again later"


class StatusError(BadResponseError):
    """An answer with a status that is no success; knows the status."""

    def __init__(self, message: str, status: int) -> None:
        """Tell `message`."""
        super().__init__(message)
        self.status = status


def unreachable(
    host: str, cause: str, advice: str = _CHECK_NETWORK
) -> ServerUnreachableError:
    """The error for a server that gives no answer."""
    return ServerUnreachableError(f"cannot reach {host}: {cause}; {advice}")


def bad_answer(
    url: httpx.URL, cause: str, advice: str = _CHECK_API_URL
) -> BadResponseError:
    """The error for an answer that is of no use."""
    return BadResponseError(f"{label(url)}: {cause}; {advice}")


def bad_status(url: httpx.URL, status: int, retry_after_s: float | None) -> StatusError:
    """The error for a status; `retry_after_s` is what the server asks to wait."""
    try:
        phrase = f" {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = ""
    cause = f"the server answers {status}{phrase}"
    if retry_after_s:
        cause += f" and asks to wait {retry_after_s:.0f} s"
    is_temporary = status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500
    advice = _LATER if is_temporary else _CHECK_API_URL
    return StatusError(f"{label(url)}: {cause}; {advice}", status)


def label(url: httpx.URL) -> str:
    """`url`, which has no credentials, as messages show it: not too long."""
    return shortened(str(url))


def shortened(address: str) -> str:
    """`address` without its middle, where it is too long for a message."""
    text = sanitize_line(address)
    if len(text) > _MAX_URL_CHARS:
        half = _MAX_URL_CHARS // 2
        text = f"{text[:half]}…{text[-half:]}"
    return text


def explained(
    host: str, error: Exception, *, connect_s: float, silence_s: float
) -> ServerUnreachableError:
    """The error for a request that `error` of a library ended."""
    if isinstance(error, httpx.ConnectTimeout):
        return unreachable(host, f"no connection within {connect_s:g} s")
    if isinstance(error, httpx.TimeoutException):
        return unreachable(host, f"nothing came for {silence_s:g} s")
    if isinstance(error, httpx.InvalidURL | UnicodeError):
        return unreachable(host, "not an address to ask", "check --api-url")
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return unreachable(
                host,
                f"its certificate is not trusted ({_cleaned(cause.verify_message)})",
                "name the authority's file in SSL_CERT_FILE",
            )
        if isinstance(cause, ssl.SSLError):
            return unreachable(
                host,
                f"no secure connection ({_cleaned(cause.reason or str(cause))})",
                "check --api-url: is it https?",
            )
    return unreachable(host, _reason(error))


def is_lasting(error: Exception) -> bool:
    """Whether asking again is of no use: the same must happen again."""
    if not isinstance(error, httpx.TransportError) or isinstance(
        error, httpx.UnsupportedProtocol
    ):
        return True
    return any(
        isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)
    )


def setup_failed(error: Exception) -> ServerUnreachableError:
    """The error for a network library that cannot even be set up."""
    # What an address is refused for may be a part of its password.
    is_address = isinstance(error, httpx.InvalidURL)
    cause = "the address of a proxy is invalid" if is_address else _reason(error)
    return ServerUnreachableError(
        f"cannot set up the network: {cause}; "
        "check SSL_CERT_FILE, SSL_CERT_DIR and the proxy variables"
    )


def _reason(error: Exception) -> str:
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.strerror:
            return _cleaned(_system_words(cause)).lower()
    return _cleaned(str(error)) or type(error).__name__


def _system_words(error: OSError) -> str:
    """``Connection refused``, where asyncio would say "Connect call failed (…)"."""
    if error.errno is not None and error.errno > 0:
        words = os.strerror(error.errno)
        if not words.startswith("Unknown error"):
            return words
    return error.strerror or ""


def _cleaned(text: str) -> str:
    return sanitize_line(text)[:_MAX_CAUSE_CHARS].rstrip(". ")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error` and what led to it, outermost first."""
    following: BaseException | None = error
    while following is not None:
        yield following
        if isinstance(following, BaseExceptionGroup):
            following = following.exceptions[0]
        else:
            following = following.__cause__ or following.__context__
