"""When a book was saved, as docProps/core.xml says it (dcterms:modified, ISO 8601, in UTC)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

# The only hour of a Japanese municipality (標準時ニ関スル件, 明治28年勅令第167号), whatever the machine's.
JAPAN = timezone(timedelta(hours=9))


def save_time(text: str | None) -> datetime | None:
    """Give the moment in Japanese time, None where none is told or it makes no sense."""
    try:
        told = datetime.fromisoformat((text or "").strip())
        aware = told if told.tzinfo else told.replace(tzinfo=UTC)
        return aware.astimezone(JAPAN)
    except (ValueError, OverflowError):
        return None


def shown_time(text: str | None) -> str:
    """Give `2019-10-01 10:02`, Japanese time, as it stands in a sentence or a table."""
    moment = save_time(text)
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "不明"
