"""The pane of one package: its whole record as text, with things to follow in it."""

from functools import partial
from typing import NamedTuple

from pkgtui.tui.browse.package_document import (
    PEOPLE_HEADING,
    PackageView,
    package_document,
)
from pkgtui.tui.browse.panes.pane import Pane
from pkgtui.tui.widgets.document_view import Document, DocumentView


class ReadingPlace(NamedTuple):
    """Where one is in the text of a package."""

    filter_text: str = ""
    """The narrowing of its contributors."""
    target: object = None
    """What the stop under the cursor stands for."""
    top: int = 0
    """The first line in view."""


class PackagePane(Pane):
    """Shows a package, or a sentence where there is none."""

    FILTER_HINT = "type to filter the contributors"

    def __init__(self, *, id: str) -> None:
        self.text = DocumentView(id="package-text")
        super().__init__("Package", self.text, id=id)
        self.view: PackageView | None = None
        self._marked: frozenset[str] = frozenset()

    @property
    def package_id(self) -> int | None:
        """The package that is shown."""
        return self.view.detail.package.id if self.view else None

    def show(self, view: PackageView) -> None:
        """Show a package; the same one again keeps the cursor and the scroll."""
        is_same = view.detail.package.id == self.package_id
        if not is_same:
            self.filter_text = ""
        view = view._replace(people_filter=self.filter_text)
        self.view = view
        make = partial(package_document, view)
        if is_same:
            self.text.replace(make)
        else:
            self.text.show(make)
        self.show_marked(self._marked)

    def show_sentence(self, sentence: str) -> None:
        """Say why there is no package."""
        self.view = None
        self.filter_text = ""
        document = Document((((sentence, "dim"),),) if sentence else ())
        self.text.show(lambda _width, _target: document)
        self.show_header()

    def show_marked(self, marked: frozenset[str]) -> None:
        """Tell by a sign in the header whether the package is marked."""
        self._marked = marked
        if self.view is not None:
            slug = self.view.detail.package.slug
            right = (("● marked", "mark"),) if slug in marked else ()
            self.show_header(slug, right)

    @property
    def narrowing(self) -> str:
        """What the contributors are narrowed by."""
        return f"contributors with '{self.filter_text}'"

    @property
    def reading(self) -> ReadingPlace:
        """Where one is in the text, to come back to."""
        return ReadingPlace(self.filter_text, self.text.target, self.text.top)

    def return_to(self, place: ReadingPlace) -> None:
        """Be where one was in the text of the package that is shown."""
        self.filter_text = place.filter_text
        self.narrow()
        self.text.return_to(place.target, place.top)

    def narrow(self) -> None:
        """Apply the narrowing to the contributors, and bring them into view."""
        if self.view is None:
            return
        self.show(self.view)
        lines = self.text.document.lines
        people = (at for at, line in enumerate(lines) if PEOPLE_HEADING in line)
        self.text.scroll_to_line(next(people, 0))
