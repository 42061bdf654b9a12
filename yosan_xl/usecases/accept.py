"""受理: what the ledger remembers of a run of `consolidate`."""

from __future__ import annotations

from yosan_xl.model.department import Roster
from yosan_xl.store.ledger import AcceptedBook, Ledger
from yosan_xl.usecases.inspection import Inspection


def accept(inspection: Inspection, roster: Roster) -> Ledger:
    """Return the ledger with the books that count, each with its requests that do; none is ever taken away."""
    books = {(book.department, book.sha256): book for book in inspection.ledger.books}
    counted: dict[str, list[str]] = {}
    for item in inspection.gathering.requests:
        if not inspection.is_counted_elsewhere(item):
            counted.setdefault(item.file, []).append(str(item.request.id))
    for file in inspection.gathering.files:
        if file.department and roster.by_code(file.department) and file.replaced_by is None:
            requests = tuple(counted.get(file.name, ()))
            if file.requests and not requests:
                continue
            book = AcceptedBook(file.department, file.name, file.sha256, file.modified, requests)
            # The last one that was accepted is the one that counts where two have the same request.
            books.pop((file.department, file.sha256), None)
            books[file.department, file.sha256] = book
    return Ledger(
        tuple(books.values()), inspection.numbering.numbers, inspection.acknowledgements()
    )
