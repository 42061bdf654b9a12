"""受理: what the ledger remembers of a run of `consolidate`."""

from __future__ import annotations

from yosan_xl.model.department import Roster
from yosan_xl.store.ledger import AcceptedBook, Ledger
from yosan_xl.usecases.inspection import Inspection


def accept(inspection: Inspection, roster: Roster) -> Ledger:
    """Give the ledger with the books that count, after those it has; none is ever taken away."""
    books = {(book.department, book.sha256): book for book in inspection.ledger.books}
    for file in inspection.gathering.files:
        if file.department and roster.by_code(file.department) and file.replaced_by is None:
            book = AcceptedBook(
                file.department, file.name, file.sha256, file.modified, file.requests
            )
            books[file.department, file.sha256] = book
    return Ledger(
        tuple(books.values()), inspection.numbering.numbers, inspection.acknowledgements()
    )
