"""The page of coded values: how a council's spelling becomes a code, and how often that goes right."""

from __future__ import annotations

import reference_markdown as markdown
import value_corpus
from value_corpus import Measure, Verdict

from scorecard.contract.values.vocabulary import Vocabulary, names, vocabulary

_HEAD = """# Coded values

A column that holds a code (a referral source, an ethnic group, why care ended) arrives spelt in many ways. Each
spelling is matched to a code of the [contract](contract.md), and how surely is said:

- **exact**: the code itself, or its whole label;
- **spelling**: the same but for capitals, gaps, punctuation, dashes, quotation marks, accents, small words, the plural,
  or the numbering of a list ("a) "); or another known way of writing the whole label, alone or behind the heading of
  its part of the list ("Mixed: White and Asian");
- **prefix**: a code beside words that bear it out ("1A: Individual", "RC2 – Died", "Own provision [PR1]"), with letters
  of a council's own behind it or not ("N1c Neglect"), or a label behind marks that name no other code ("C.C1) Indian");
- **likely**: decided by words in it, by the first letters of a name ("DN", a district nurse), by a small spelling
  mistake, by a code of another system, or by a code beside words that do not bear it out. A warning is given, and a
  line in a mapping file settles it;
- **none**: not understood. It counts as unknown, and is listed.

What says that nothing was recorded ("-", "N/A", "#N/A", "Not recorded") is understood as that, and is not listed. The
words are data, one file a list in `library/values/`; what a council writes in a [mapping file](mapping-files.md)
of its own comes before them."""

_MEASURE = """## How often it is right

The measure is 8,347 rows of spellings that councils really used in Ofsted's Annex A, each with the group it was cleaned
to. They are not ours to hand on, so these are the numbers of the last run where they were at hand. Three tenths of the
spellings of each column, drawn by a hash of the spelling, were not looked at when the words were written: these are
counted. A spelling that the corpus puts into two groups is right in either. What is *read as empty* was understood to
say that nothing was recorded, where the corpus has a group."""

_WHY = """Two things are held by a test: 95 in 100 of a column's spellings come into the right group, and none comes
into a wrong one without a warning. Where that is not so, and why:"""

_LISTS = """## The lists

*Spellings* are whole values known beside code and label, *codes of others* those of other systems and older returns,
*words* what decides in a value that is not known whole."""


def page() -> str:
    """The whole page."""
    return markdown.document(_HEAD, _MEASURE, _measures(), _WHY, _reasons(), _LISTS, _lists())


def _measures() -> str:
    heads = (
        "column",
        "spellings",
        "held out",
        "right, sure",
        "right, with a warning",
        "right",
        "wrong, with a warning",
    )
    rows = [(_name(each), each.spellings, each.held_out, *_told(each)) for each in value_corpus.written()]
    return markdown.table((*heads, "wrong, without", "read as empty", "not mapped"), rows)


def _name(each: Measure) -> str:
    return f"{each.annex_list}: {each.column}"


def _told(each: Measure) -> tuple[object, ...]:
    counts = each.counts
    right = f"{each.right:.0%}"
    sure, warned, *others = (counts[verdict] for verdict in Verdict)
    return (sure, warned, right, *others)


def _reasons() -> str:
    told = [
        f"- **{column.annex_list}: {column.name}.** {reason}"
        for column in value_corpus.columns()
        for reason in (column.short, column.gainsaid)
        if reason
    ]
    return "\n".join(told)


def _lists() -> str:
    rows = [_counts(vocabulary(name)) for name in names()]
    return markdown.table(("list", "codes", "spellings", "codes of others", "words"), rows)


def _counts(each: Vocabulary) -> tuple[object, ...]:
    words = sum(len(rule.words) for rule in each.rules)
    return (f"`{each.name}`", len(each.labels), sum(map(len, each.spellings.values())), len(each.prefixes), words)
