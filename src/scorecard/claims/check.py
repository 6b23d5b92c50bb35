"""A text held against a month's figures: each number and each direction tied to what bears it out, or flagged."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from scorecard.claims.arithmetic import rolled, share_of_a_part, shares_of, sums_of_parts
from scorecard.claims.binding import About, Bound, about_number, bound, equals, is_cut
from scorecard.claims.claim import Candidate, Checked, Claim, Verdict
from scorecard.claims.movements import Way, change_words, months_of, moved_by, said_in, way_of, went
from scorecard.claims.names import stems
from scorecard.claims.pieces import pieces_of
from scorecard.claims.spoken import Kind, Spoken, numbers_in_names, spoken_in
from scorecard.definitions.indicator import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.claims.book import Book, Entry
    from scorecard.claims.pieces import Piece

SURE, TIES = 0.42, 0.2
"""How well a name must fit to be contradicted by, and what is enough to tie where the figure is the number's."""
_SURE_OF_A_WORD = 0.75
"""How well it must fit where the number is a word, which may count anything."""
ALIKE, _WHOLE = 0.85, 0.7
"""How near the best another name must come to be a candidate too: of a part, and of a whole, which is rather meant."""
_AS_WELL = 0.6
"""How well a name must fit, beside the best, to be meant where its figure is the number's."""
_OF_ANOTHER_WINDOW, _NAMED = 0.75, 0.6
"""And what of that is enough for a figure of another window, and for a part whose own name is said whole."""
_SAME_NAME = 0.55
"""What two names must have in common to be taken for one."""
_SO_MANY_TIMES = Fraction(1, 10)
"""How near "twice" must be to twice."""
_FIRST = 3
"""How many candidates an author is shown."""
_TWO = "Two figures go by this name; say which is meant."
_OR = re.compile(r"\b(?:either|or)\b", re.IGNORECASE)
_YEAR_OF_STAR = re.compile(r"\*[^*\n]*?(20\d\d/\d\d)")


@dataclass(frozen=True)
class Topic:
    """What a text is about: the measures of its section, and its heading."""

    measures: tuple[str, ...]
    heading: str = ""


def check_words(text: str, topic: Topic, book: Book) -> Checked:
    """Every number and direction of a text, tied to the figures that bear it out or flagged."""
    checker = _Checker(topic, book)
    year = _YEAR_OF_STAR.search(text)
    pieces = [_starred(piece, year[1]) if year else piece for piece in pieces_of(text)]
    claims = [claim for piece in pieces for claim in checker.claims_of(piece)]
    claims += [*rolled(checker.tied, topic.measures, book), *checker.cautions()]
    return Checked(tuple(sorted(claims, key=lambda one: one.place)))


def _starred(piece: Piece, year: str) -> Piece:
    """A heading with a star under which the text says which year's figures those are."""
    return replace(piece, column=f"{piece.column} {year}") if piece.column.endswith("*") else piece


class _Checker:
    """One text on its way through the check; `tied` is what its numbers were found to mean."""

    def __init__(self, topic: Topic, book: Book) -> None:
        self.book, self.topic = book, topic
        self.heading = stems(topic.heading)
        self.own = tuple(book.entries(topic.measures))
        self.names = numbers_in_names([one.title for one in book.measures.values()])
        self.in_days = any(one.unit == Unit.DAYS for one in self.own)
        self.tied: list[tuple[Entry, Claim]] = []
        self.shares = shares_of(self.own)

    def claims_of(self, piece: Piece) -> Iterator[Claim]:
        """What a sentence or a cell claims."""
        spoken = spoken_in(piece.text, self.names, in_days=self.in_days)
        paired = {id(b): a for a, b in itertools.pairwise(spoken) if _is_pair(a, b, piece.text)}
        for one in spoken:
            about = about_number(one, piece, spoken, self.book, self.heading)
            claim = self._paired(paired[id(one)], one, piece) if id(one) in paired else self._number(one, about, piece)
            if claim:
                yield claim
        if not piece.is_cell:
            yield from self._directions(piece, spoken)

    def _number(self, one: Spoken, about: About, piece: Piece) -> Claim | None:
        way = None if piece.is_cell else way_of(one, piece.text)
        if one.kind is Kind.TIMES:
            return self._times(one, about, piece)
        if way or one.kind is Kind.POINTS:
            return self._moved(one, way, about, piece)
        return self._value(one, about, piece)

    def _value(self, one: Spoken, about: About, piece: Piece) -> Claim | None:  # noqa: PLR0911 - one return a verdict
        if about.is_target:
            return self._target(one, about, piece)
        own = bound(about, one.kind, self.own, self.book)
        if entry := _meant(one, own):
            return self._tied(one, piece, entry)
        found = self._candidates(about, one.kind)
        best = found[0].fit if found else 0
        if entry := _meant(one, found):
            return self._tied(one, piece, entry)
        entry = self._said_before(one, about, best) or self._made(one, found, piece)
        entry = entry or self._in_other_sections(one, about, best)
        if entry:
            return self._tied(one, piece, entry)
        if about.area and not found:
            note = "No published figure of this kind stands beside it."
            return self._claim(one, piece, Verdict.NOT_COMPARED, note=note)
        if best >= (TIES if about.area else _SURE_OF_A_WORD if one.is_word else SURE):
            return self._contradicted(one, about, found, piece)
        if one.is_word:
            return None
        return self._claim(one, piece, Verdict.NOT_FOUND, self._elsewhere(one, about))

    def _made(self, one: Spoken, found: Sequence[Bound], piece: Piece) -> Entry | None:
        """A part whose sum with another, or whose share of another, the number is."""
        for held in (held for held in found if held.entry.part and held.fit >= TIES):
            entry = held.entry
            if entry.aspect == "share" and any(equals(one, share, 0) for share in share_of_a_part(entry, self.own)):
                return entry
            together = sums_of_parts(entry, self.own) if _OR.search(piece.text) and not piece.is_cell else ()
            if any(equals(one, value, 0) for value in together):
                return entry
        return None

    def _said_before(self, one: Spoken, about: About, best: float) -> Entry | None:
        """A figure of the measure last told, where this number has no name of its own: "The year to date is 43%"."""
        if best >= SURE or not self.tied or about.area:
            return None
        last = self.tied[-1][0]
        same = (entry for entry in self.book.entries([last.measure]) if entry.part == last.part and not entry.area)
        windows = {about.window} if about.window else {entry.window for entry in self.own}
        return next(
            (
                entry
                for entry in same
                if entry.period == about.period and entry.window in windows and equals(one, entry.value, entry.decimals)
                and (entry.unit == Unit.PERCENT) == (one.kind is Kind.PERCENT)
            ),
            None,
        )  # fmt: skip

    def _in_other_sections(self, one: Spoken, about: About, best: float) -> Entry | None:
        """A figure of another section that the number is, under the very name."""
        if about.area:
            return None
        held = (entry for entry in self.book.of_month(about.period) if equals(one, entry.value, entry.decimals))
        found = bound(about, one.kind, held, self.book)
        return found[0].entry if found and found[0].fit >= SURE and found[0].fit > best else None

    def _candidates(self, about: About, kind: Kind) -> list[Bound]:
        found = bound(about, kind, self.own, self.book)
        if found and found[0].fit >= SURE:
            return found
        more = [one for one in bound(about, kind, self.book.wholes(), self.book) if one.fit >= SURE]
        return found if found and (not more or found[0].fit >= more[0].fit) else [*more, *found]

    def _contradicted(self, one: Spoken, about: About, found: Sequence[Bound], piece: Piece) -> Claim:
        cut = next(
            (held.entry for held in found if held.fit >= found[0].fit * ALIKE and is_cut(one, held.entry.value)), None
        )
        near = [held.entry for held in found if held.fit >= found[0].fit * (ALIKE if held.entry.part else _WHOLE)]
        near = sorted(near, key=lambda entry: bool(entry.part))[:_FIRST]
        note = "It is cut short; we round." if cut else ""
        candidates = [_candidate(entry) for entry in ([cut] if cut else near)]
        return self._claim(one, piece, Verdict.CONTRADICTED, [*candidates, *self._elsewhere(one, about)], note)

    def _elsewhere(self, one: Spoken, about: About) -> list[Candidate]:
        """Figures of this section that the number is, of another month, window or area than it is said to be of."""
        held = [
            entry
            for entry in self.own
            if not entry.part
            and equals(one, entry.value, entry.decimals)
            and (entry.unit == Unit.PERCENT) == (one.kind is Kind.PERCENT)
            and (entry.area or entry.period in {self.book.period, self.book.period.back(1), about.period})
        ]
        return [_candidate(entry) for entry in held[:_FIRST]]

    def _target(self, one: Spoken, about: About, piece: Piece) -> Claim | None:
        found = self._candidates(replace(about, is_target=False), one.kind)
        for held in found[:1] if found and found[0].fit >= TIES else ():
            day = self.book.period.last_day
            targets = [
                self.book.targets.on(held.entry.measure, day),
                self.book.targets.of_year(held.entry.measure, day),
            ]
            for target in (target for target in targets if target):
                words = f"{held.entry.title}, target: {float(target.value):g}"
                right = target.value == one.value
                verdict = Verdict.TIED if right else Verdict.CONTRADICTED
                return self._claim(one, piece, verdict, [Candidate(words, target.key)])
        return self._claim(one, piece, Verdict.NOT_FOUND)

    def _moved(self, one: Spoken, way: Way | None, about: About, piece: Piece) -> Claim | None:
        """How far something went: against the month named, else the month before, else the same month a year ago."""
        now = replace(about, period=self.book.period)
        kind = Kind.PERCENT if one.kind is Kind.POINTS else Kind.PLAIN if one.kind is Kind.PLAIN else None
        found = self._candidates(now, kind) if kind else self._of_any_kind(now)
        best = found[0].fit if found else 0
        first = None
        for held in found:
            if held.entry.aspect or held.fit < max(TIES, best * ALIKE):
                continue
            for before in self._befores(held.entry, about):
                first = first or (held.entry, before)
            if self._went_so_far(one, way, held.entry, about):
                return self._tied(one, piece, held.entry)
        if entry := self._moved_elsewhere(one, way, now, about):
            return self._tied(one, piece, entry)
        if first and best >= SURE:
            candidate = Candidate(change_words(*first), first[0].key)
            return self._claim(one, piece, Verdict.CONTRADICTED, [candidate])
        return None if one.is_word else self._claim(one, piece, Verdict.NOT_FOUND)

    def _moved_elsewhere(self, one: Spoken, way: Way | None, now: About, about: About) -> Entry | None:
        """The measure last told, or one of another section under the very name, where it went so far and that way."""
        named = [held.entry for held in bound(now, Kind.PLAIN, self.book.wholes(), self.book) if held.fit >= SURE]
        last = [entry for entry, _ in self.tied[-1:]]
        last = [entry for entry in self.own if last and entry.measure == last[0].measure and not entry.part]
        said = [entry for entry in last if entry.period == self.book.period and not entry.aspect and not entry.area]
        return next((entry for entry in [*named, *said] if self._went_so_far(one, way, entry, about)), None)

    def _went_so_far(self, one: Spoken, way: Way | None, entry: Entry, about: About) -> bool:
        """Whether a figure moved by a number since one of the months it may be told against, and that way."""
        measure, ways = self.book.measures[entry.measure], [way] if way else [Way.UP, Way.DOWN]
        befores = list(self._befores(entry, about))
        return any(moved_by(one, each, entry, before, measure) for before in befores for each in ways)

    def _of_any_kind(self, about: About) -> list[Bound]:
        both = [*self._candidates(about, Kind.PERCENT), *self._candidates(about, Kind.PLAIN)]
        return sorted(both, key=lambda held: -held.fit)

    def _befores(self, entry: Entry, about: About) -> Iterator[Entry]:
        months = {one.period: one for one in months_of(self.book, entry)}
        named = about.period if about.period != self.book.period else None
        wanted = [named] if named else [self.book.period.back(1), self.book.period.back(12)]
        yield from (months[one] for one in wanted if one in months)

    def _times(self, one: Spoken, about: About, piece: Piece) -> Claim | None:
        """So many times what it was: in the month before, a year ago, or in every month of the year up to one named."""
        found = self._of_any_kind(replace(about, period=self.book.period))
        instead: list[Candidate] = []
        for held in found[:8]:
            if held.fit < TIES or held.entry.aspect:
                continue
            months = [
                each for each in months_of(self.book, held.entry) if each.period < self.book.period and each.value
            ]
            ratios = [held.entry.value / each.value for each in months]
            named = [each for each in months if each.period == about.period]
            april = [each for each in months if self.book.period.april <= each.period <= about.period]
            looked = [ratios[-1:], ratios[:1], [held.entry.value / max(each.value for each in april)] if april else []]
            looked += [[held.entry.value / each.value for each in named]]
            if any(ratio and _is_so_many_times(one, ratio[0]) for ratio in looked):
                return self._tied(one, piece, held.entry)
            if held.fit >= SURE and months and not instead:
                instead.append(Candidate(change_words(held.entry, months[-1]), held.entry.key))
        return self._claim(one, piece, Verdict.CONTRADICTED, instead) if instead else None

    def _paired(self, count: Spoken, share: Spoken, piece: Piece) -> Claim:
        """A share in brackets after its number: 57 (35%)."""
        of = self.shares.get(count.value, ())
        bases = sorted({base for _, base in of})
        for entry, base in of:
            if equals(share, count.value * 100 / base, 0):
                return self._tied(share, piece, entry)
        exact = [count.value * 100 / base for base in bases]
        cut = any(is_cut(share, one) for one in exact)
        nearest = sorted(of, key=lambda pair: abs(count.value * 100 / pair[1] - share.value))
        told = [
            Candidate(f"{float(count.value):g} of {float(base):g} is {float(count.value * 100 / base):.1f}%", entry.key)
            for entry, base in [*of[:1], *nearest[:1]]
        ]
        verdict = Verdict.CONTRADICTED if told else Verdict.NOT_FOUND
        return self._claim(share, piece, verdict, told, "It is cut short; we round." if cut else "")

    def _directions(self, piece: Piece, spoken: Sequence[Spoken]) -> Iterator[Claim]:
        """A way without a number: "the number of plans has risen"."""
        for said in said_in(piece.text):
            if any(way_of(one, piece.text) and abs(one.start - said.end) < 40 for one in spoken):  # noqa: PLR2004
                continue
            whole = Spoken(Fraction(0), 0, Kind.PLAIN, said.start, said.end)
            about = about_number(whole, piece, (), self.book, frozenset())
            now = replace(about, period=self.book.period)
            both = [each for kind in (Kind.PERCENT, Kind.PLAIN) for each in bound(now, kind, self.own, self.book)]
            own = (each for each in both if not each.entry.aspect)
            found = sorted(own, key=lambda held: -held.fit * (_WHOLE if held.entry.part else 1))
            if not found or found[0].fit < SURE:
                continue
            entry = found[0].entry
            befores = list(self._befores(entry, about))[:1]
            measure = self.book.measures[entry.measure]
            if befores:
                right = went(said.way, entry, befores[0], measure)
                verdict = Verdict.TIED if right else Verdict.CONTRADICTED
                words = Candidate(change_words(entry, befores[0]), entry.key)
                yield Claim(piece.text[said.start : said.end], piece.words, piece.place, verdict, (words,))

    def cautions(self) -> Iterator[Claim]:
        """What must be said wherever a figure is told that was told here, once each."""
        told = dict[str, Claim]()
        for entry, claim in self.tied:
            for one in self.book.cautions.get(entry.measure, ()):
                if one.part <= entry.part:
                    told.setdefault(one.words, replace(claim, verdict=Verdict.UNCLEAR, candidates=(), note=one.words))
        yield from told.values()

    def _tied(self, one: Spoken, piece: Piece, entry: Entry) -> Claim:
        claim = self._claim(one, piece, Verdict.TIED, [_candidate(entry)])
        self.tied.append((entry, claim))
        return (
            replace(claim, verdict=Verdict.UNCLEAR, candidates=(*claim.candidates, _candidate(twin)), note=_TWO)
            if (twin := self._twin(entry))
            else claim
        )

    def _twin(self, entry: Entry) -> Entry | None:
        """A count that goes by the name of a part, is not it, and has another number."""
        if not entry.part or entry.aspect not in {"", "share"} or "×" in entry.title:
            return None
        count = next(
            (one for one in self.book.entries([entry.measure]) if one.key == entry.key and not one.aspect), entry
        )
        wholes = (
            one for one in self.book.wholes() if one.period == entry.period and one.is_headline and not one.aspect
        )
        alike = [one for one in wholes if _are_alike(one.name, entry.part | entry.name)]
        if any(one.value == count.value for one in alike):
            return None
        return next(
            (
                one
                for one in alike
                if one.unit == Unit.COUNT == count.unit and entry.part <= one.name
                and one.measure != entry.measure and one.value != count.value
                and self.book.indicator_of[one.measure].section == self.book.indicator_of[entry.measure].section
            ),
            None,
        )  # fmt: skip

    @staticmethod
    def _claim(
        one: Spoken, piece: Piece, verdict: Verdict, candidates: Sequence[Candidate] = (), note: str = ""
    ) -> Claim:
        words = piece.text[one.start : one.end].strip()
        kept = tuple(dict.fromkeys(candidates))
        return Claim(words, piece.words, piece.place, verdict, kept, note)


def _candidate(entry: Entry) -> Candidate:
    return Candidate(entry.words, entry.key)


def _meant(one: Spoken, found: Sequence[Bound]) -> Entry | None:
    """The figure a number is, of those whose name fits well beside the best; one of another window need fit less."""
    for held in found:
        is_other = not (held.entry.is_headline or held.entry.area)
        least = found[0].fit * _AS_WELL * (_NAMED if held.is_named else _OF_ANOTHER_WINDOW if is_other else 1)
        if held.fit >= max(TIES, least) and equals(one, held.entry.value, held.entry.decimals):
            return held.entry
    return None


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME_NAME * len(one | other)


def _is_so_many_times(one: Spoken, ratio: Fraction) -> bool:
    return one.value <= ratio if one.at_least else abs(ratio / one.value - 1) <= _SO_MANY_TIMES


def _is_pair(one: Spoken, other: Spoken, text: str) -> bool:
    between = text[one.end : other.start].strip()
    return one.kind is Kind.PLAIN and other.kind is Kind.PERCENT and between == "("
