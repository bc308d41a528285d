"""Words and numbers of a picture, by the page's own messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.maps.messages import labels, messages

if TYPE_CHECKING:
    from datetime import date

MINUS = "\u2212"


class Words:
    """The words of one language, as `static/words/i18n.js` has them: Peru's numbers, with points for decimals."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._messages = messages(lang)
        self._labels = labels(lang)

    def t(self, key: str, **values: object) -> str:
        """Return a message with its `{name}`s filled in; whole numbers are grouped, `n` chooses singular or plural."""
        text = self._messages[key]
        if isinstance(text, dict):
            text = text["one" if values.get("n") == 1 else "other"]
        told = {name: self.n(value) if isinstance(value, int) else value for name, value in values.items()}
        return str(text).format(**told)

    def has(self, key: str) -> bool:
        """Return whether there is a message."""
        return key in self._messages

    @staticmethod
    def n(value: float, decimals: int = 0) -> str:
        """Return a number with its thousands grouped."""
        return f"{value:,.{decimals}f}"

    def label(self, name: str, code: object) -> str:
        """Return the label of a code of one of the codebook's lists; the code where it has none."""
        return self._labels.get(name, {}).get(str(code), str(code)) if isinstance(code, str) else ""

    def policy(self, name: str) -> str:
        """Return the name of a figure policy; as it is where this language has no words for it, as for one's own."""
        return self.t(f"policy_{name}") if self.has(f"policy_{name}") else name

    def local(self, texts: Any) -> str:  # noqa: ANN401 — a text, or texts by language
        """Return a text by language: the picture's, else English, Spanish, untagged, or any."""
        if not texts or isinstance(texts, str):
            return texts or ""
        return str(next((texts[lang] for lang in (self.lang, "en", "es", "und") if texts.get(lang)), ""))

    def month(self, day: date, *, brief: bool = False) -> str:
        """Return the name of a day's month."""
        return self.t("picture_months" if brief else "month_names").split()[day.month - 1]

    def day(self, day: date) -> str:
        """Return a day in short words: 5 Jun 2009."""
        return f"{day.day} {self.month(day, brief=True)} {day.year}"

    def measured(self, measure: str) -> str:
        """Return what is measured, such as "killed" or "incidents"."""
        return self.t("measure_incidents") if measure == "incidents" else self.label("measures", measure)
