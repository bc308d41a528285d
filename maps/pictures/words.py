"""Words and numbers of a picture, by the page's own messages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from willay.maps.country_words import worded, worded_labels
from willay.maps.messages import credit_words, profile_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.data.countries import Country

MINUS = "\u2212"


class Words:
    """The words of one language, as `static/words/i18n.js` has them, with points for decimals.

    Args:
        lang: The language.
        countries: The countries of the places, in whose words units are named.
    """

    def __init__(self, lang: str, countries: tuple[str | Country, ...] = ()) -> None:
        self.lang, self.countries = lang, countries
        self._messages = worded(lang, countries)
        self._labels = worded_labels(lang, countries)

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

    def policy(self, stated: Mapping[str, Any]) -> str:
        """Return what a figure policy (see `foot.policy_of`) is called; its name where nobody states words for it."""
        name = str(stated["name"])
        return self.t(f"policy_{name}") if self.has(f"policy_{name}") else self.local(stated.get("words")) or name

    def local(self, texts: Any) -> str:  # noqa: ANN401 — a text, or texts by language
        """Return a text by language: the picture's, else English, Spanish, untagged, or any."""
        if not texts or isinstance(texts, str):
            return texts or ""
        return str(next((texts[lang] for lang in (self.lang, "en", "es", "und") if texts.get(lang)), ""))

    def month(self, day: date, *, brief: bool = False) -> str:
        """Return the name of a day's month."""
        return self.t("picture_months" if brief else "month_names").split()[day.month - 1]

    def month_of_year(self, day: date) -> str:
        """Return a day's month with its year: June 2009, junio de 2009."""
        return self.t("month_of_year", month=self.month(day), year=str(day.year))

    def day(self, day: date) -> str:
        """Return a day in short words: 5 Jun 2009."""
        return f"{day.day} {self.month(day, brief=True)} {day.year}"

    def days(self, first: date, last: date) -> str:
        """Return days from one to another in short words, what they share once: 5–6 jun. 2009, 9 abr.–14 may. 2012."""
        if first == last:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.day(last)}"
        if first.year == last.year:
            return f"{first.day} {self.month(first, brief=True)}{self.t('day_range')}{self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"

    def minute(self, moment: object) -> str:
        """Return a moment in UTC, as ISO text, in short words: 25 nov. 2026, 17:47."""
        text = str(moment)
        return f"{self.day(date.fromisoformat(text[:10]))}, {text[11:16]}"

    def profile(self, stated: str) -> str:
        """Return a disclosure profile, as outputs state it: "público (versión 2)" for "public (version 2)"."""
        return self.local(profile_words(stated)) or stated

    def credit(self, text: str) -> str:
        """Return a credit or licence; as it is where this language has no other words for it."""
        return self.local(credit_words(text)) or text

    def measured(self, measure: str | None) -> str:
        """Return what is measured, such as "killed" or "incidents"; None is incidents."""
        return self.t("measure_incidents") if measure in (None, "incidents") else self.label("measures", measure)
