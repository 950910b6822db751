"""A cache that cannot be read for a while, and a browser that goes on.

Whatever reads the store may find it locked by another program, or on a disk that
fails. What was asked for is then not done, and the reason is told; Textual would end
the program.
"""

from textual.message import Message
from textual.message_pump import MessagePump

from pkgtui.errors import StoreError


class StoreFailed(Message):
    """Something was not done, for `reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class ReportsStoreErrors(MessagePump):
    """What handles messages, and reports failures of the store while it does."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except StoreError as error:
            # Of what failed to tell it there is nothing to tell.
            if not isinstance(message, StoreFailed):
                self.app.post_message(StoreFailed(str(error)))
