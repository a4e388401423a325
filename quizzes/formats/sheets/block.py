"""The rows below one header to questions, each by its kind; what is unsure is held with its reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from quizzes.formats.found import FoundQuestion, Held, Removed
from quizzes.formats.sheets.answers import bare, letters, numeric, truth
from quizzes.formats.sheets.cells import EXPORT_SHEET, Doubt, Row, Sheet
from quizzes.formats.sheets.choices import Numbering, choice, true_false
from quizzes.formats.sheets.gaps import cloze, fill, free_text, gaps_in, matching, number, ordering, rubric_of
from quizzes.formats.sheets.kinds import MAYBE_ONE, Loose, Said, kind_of, section
from quizzes.formats.sheets.made import Made, Unsure, proposed
from quizzes.formats.sheets.mapping import Mapping
from quizzes.formats.sheets.options import NONE, Options, as_they_stand, in_columns, in_one_cell
from quizzes.formats.sheets.parts import Parts, Reader, Section, difficulty_of, marks_of, platform_of, tags_of
from quizzes.formats.sheets.stems import Stem, read_stem, with_bracket_emptied, with_gaps, with_key_brackets
from quizzes.rules.questions import GAP
from quizzes.rules.vocabulary import Kind

LONG_ANSWER = 15
_RANGE_LIKE = re.compile(r"\d{1,2}([-/月])\d{1,2}日?.{0,4}")
_RANGE = re.compile(r"\d{1,2}([-/])\d{1,2}")
_FULL_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")

Read = FoundQuestion | Held | Removed


@dataclass
class Block:
    """The rows below one header, read by one mapping."""

    sheet: Sheet
    mapping: Mapping
    rows: Sequence[Row]
    section: Section = field(default_factory=Section)

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.mapping)

    @cached_property
    def exact(self) -> bool:
        return self.sheet.name == EXPORT_SHEET

    @cached_property
    def numbering(self) -> Numbering:
        headers = self.mapping.headers
        numbering = Numbering(numbered=any(headers[n][-1:].isdigit() for n in self.reader.options if n and headers))
        for row in self.rows:
            parts = self.reader.parts(row)
            if parts.answers:
                try:
                    count = len(in_one_cell(parts.in_one).texts) if parts.in_one else sum(map(bool, parts.options))
                except Unsure:
                    continue
                numbering.see(bare(parts.answers[0]), count)
        return numbering

    # --- rows ------------------------------------------------------------------------------------------------

    def read(self) -> Iterator[Read]:
        for row in self.rows:
            if (heading := self._heading(row)) is not None:
                yield heading
            else:
                yield self._question(row)

    def _heading(self, row: Row) -> Removed | None:
        """A row that only announces a kind: it counts for the rows below and is no question."""
        if self.exact:
            return None
        filled = [text for text in row.cells if text]
        if len(set(filled)) != 1 or (said := section(filled[0])) is None:
            return None
        self.section = Section(*said)
        return Removed(row.number, row.text, "这一行是分节标题")

    def _question(self, row: Row) -> Read:
        doubts = self.reader.doubts(row)
        if doubts and (settled := self._settled(row, doubts)) is None:
            return self._doubtful(row, doubts)
        if doubts and settled is not None:
            row = settled
        parts = self.reader.parts(row)
        try:
            question = self._made(parts)
        except Unsure as unsure:
            proposal = unsure.proposal
            return Held(row.number, row.text, unsure.reason + "。", self._found(parts, proposal) if proposal else None)
        if not self.mapping.sure:
            return Held(row.number, row.text, "没有清楚的表头，各列的含义是猜的，请核对每一列的对应关系。", question)
        return question

    def _settled(self, row: Row, doubts: dict[int, Doubt]) -> Row | None:
        """The row with the only reading that fits, where one option became a date and all others are like 3-4."""
        if len(doubts) != 1:
            return None
        (place, doubt), *_ = doubts.items()
        others = [row.cell(n) for n in self.reader.options if n is not None and n != place and row.cell(n)]
        like = [found[1] for text in others if (found := _RANGE.fullmatch(text))]
        if place not in self.reader.options or len(others) < 2 or len(like) < len(others) or len(set(like)) > 1:
            return None
        fitting = [text for text in doubt.readings if (found := _RANGE.fullmatch(text)) and found[1] == like[0]]
        if len(fitting) != 1:
            return None
        cells = list(row.cells)
        cells[place] = fitting[0]
        return Row(row.number, tuple(cells))

    def _doubtful(self, row: Row, doubts: dict[int, Doubt]) -> Held:
        """Held, read with the likeliest text in each doubtful cell: the one that looks like its neighbours."""
        cells = list(row.cells) + [""] * (max(doubts) + 1 - len(row.cells))
        others = [text for n, text in enumerate(row.cells) if n not in doubts]
        like = [found[1] for text in others if (found := _RANGE_LIKE.fullmatch(text))]
        for place, doubt in doubts.items():
            fitting = [
                reading for reading in doubt.readings
                if (found := _RANGE_LIKE.fullmatch(reading)) and found[1] in like
            ]  # fmt: skip
            cells[place] = (fitting or doubt.readings or (cells[place],))[0]
        reasons = dict.fromkeys(f"第 {place + 1} 列：{doubt.reason}" for place, doubt in doubts.items())
        parts = self.reader.parts(Row(row.number, tuple(cells)))
        readable = all(doubt.readings for doubt in doubts.values())
        try:
            proposal = self._made(parts) if readable else None
        except Unsure as unsure:
            proposal = self._found(parts, unsure.proposal) if unsure.proposal else None
        return Held(row.number, row.text, "；".join(reasons) + "。", proposal)

    # --- one question ----------------------------------------------------------------------------------------

    def _made(self, parts: Parts) -> FoundQuestion:
        stem = Stem(parts.stem) if self.exact else read_stem(parts.stem)
        if not stem.text:
            raise Unsure("这一行没有题干，请补上题干，或删掉这一行")
        options = self._options(parts)
        said = self._said(parts, stem)
        answers = parts.answers or ((stem.key,) if stem.key and options.texts else ())
        made = self._by_kind(parts, stem, said, options, answers)
        return self._found(parts, made, stem)

    def _said(self, parts: Parts, stem: Stem) -> Said | None:
        if parts.kind:
            said = kind_of(parts.kind)
            if said is None:
                raise Unsure(f"不认识题型“{parts.kind[:20]}”，请改成单选题、多选题、判断题、填空题、简答题等")
            if stem.kind is not None and stem.kind != said and not isinstance(stem.kind, Loose):
                if not isinstance(said, Loose):
                    raise Unsure(f"题型一栏是“{parts.kind[:20]}”，题干里标的却是另一种，请核对")
                return stem.kind
            return said
        return stem.kind or self.section.kind

    def _options(self, parts: Parts) -> Options:
        if parts.options:
            if parts.in_one:
                raise Unsure("选项既写在各列里，又写在一格里，请只留一处")
            if self.exact:
                return as_they_stand(parts.options, parts.whys)
            if len(parts.options) == 1 and "\n" in parts.options[0]:
                return in_one_cell(parts.options[0])
            options = in_columns(parts.options, parts.whys)
            self._no_stray_date(options)
            return options
        return in_one_cell(parts.in_one) if parts.in_one else NONE

    def _no_stray_date(self, options: Options) -> None:
        dates = [text for text in options.texts if text[:4].isdigit() and _FULL_DATE.fullmatch(text)]
        if dates and any(_RANGE_LIKE.fullmatch(text) for text in options.texts):
            raise Unsure(f"选项“{dates[0]}”像是被 Excel 变成了日期，和别的选项不一样，请核对")

    def _by_kind(
        self, parts: Parts, stem: Stem, said: Said | None, options: Options, answers: tuple[str, ...]
    ) -> Made:
        answer = "；".join(answers) if len(answers) > 1 else answers[0] if answers else ""
        if said is None:
            said = self._inferred(parts, stem, options, answer)
        if said == Loose.SUM:
            said = Kind.NUMERIC if numeric(bare(answer)) else Kind.FREE_TEXT
        match said:
            case Kind.SINGLE | Kind.MULTIPLE | Loose.CHOICE:
                kind = said if isinstance(said, Kind) else None
                if not options.texts and truth(bare(answer)) is not None and not letters(bare(answer)):
                    guess = proposed(Kind.TRUE_FALSE, self._text(stem), {"answer": truth(bare(answer))})
                    raise Unsure("题型是选择题，却没有选项，答案像判断题，请核对题型", guess)
                one = self.exact or parts.kind.strip().startswith(MAYBE_ONE[:3])
                text = self._keyed(stem, answer, options)
                return choice(kind, text, options, answer, self.numbering_if(answer), one=one, exact=self.exact)
            case Kind.TRUE_FALSE:
                key = answer or stem.key
                return true_false(self._keyed(stem, key, options), options, key, self.numbering_if(key))
            case Kind.FILL:
                return fill(self._gapped(stem), options, answers, exact=self.exact)
            case Kind.NUMERIC:
                if options.texts:
                    raise Unsure("题型是数值题，却有选项。请核对题型，或删掉选项")
                return number(self._text(stem), answer, parts.tolerance, parts.unit)
            case Kind.CLOZE:
                return cloze(self._gapped(stem), options, answers, self.numbering_if(answer), exact=self.exact)
            case Kind.MATCHING:
                return matching(self._text(stem), options, answers, exact=self.exact)
            case Kind.ORDERING:
                return ordering(self._text(stem), options, answers, self.numbering_if(answer), exact=self.exact)
            case _:
                if options.texts:
                    raise Unsure("题型是简答题，却有选项。请核对题型，或删掉选项")
                rubric = rubric_of(parts.rubric, self._marks(parts, stem), exact=self.exact)
                return free_text(self._text(stem), answers, rubric)

    def numbering_if(self, answer: str) -> Numbering:
        """How the sheet numbers its options; found out only where an answer is a number."""
        return self.numbering if any(char.isdigit() for char in answer) else _UNNUMBERED

    def _inferred(self, parts: Parts, stem: Stem, options: Options, answer: str) -> Said:
        """The kind of a row that names none: from its options, gaps and key. Raises ``Unsure``."""
        key = bare(answer)
        if options.texts:
            truths = {truth(text) for text in options.texts}
            return Kind.TRUE_FALSE if len(options.texts) == 2 and truths == {True, False} else Loose.CHOICE
        gapped = gaps_in(with_gaps(stem.text)) > 0
        if key and truth(key) is not None and not (key.isdigit() and gapped):
            return Kind.TRUE_FALSE
        if GAP in with_key_brackets(stem.text) or (gapped and key and letters(key) is None):
            return Kind.FILL
        if len(key) >= LONG_ANSWER or parts.rubric:
            return Kind.FREE_TEXT
        text = self._text(stem)
        if found := numeric(key):
            data = {"answer": str(found[0]), "tolerance": str(found[1]), "unit": found[2]}
            raise Unsure("没有写题型，答案是一个数，可能是数值题，请核对", proposed(Kind.NUMERIC, text, data))
        if not key:
            raise Unsure("没有题型、选项和答案，看不出是什么题，请补上")
        guess = free_text(text, (answer,), rubric_of("", None, exact=False))
        raise Unsure("没有写题型，也没有选项和空，可能是简答题，请核对", guess)

    # --- the stem --------------------------------------------------------------------------------------------

    def _text(self, stem: Stem) -> str:
        return stem.text if self.exact else with_key_brackets(stem.text)

    def _gapped(self, stem: Stem) -> str:
        return stem.text if self.exact else with_gaps(stem.text)

    def _keyed(self, stem: Stem, answer: str, options: Options) -> str:
        """The stem with the key taken out of its bracket, where the answer says the same. Raises ``Unsure``."""
        if self.exact or not stem.key:
            return self._text(stem)
        inside, said = letters(stem.key), letters(bare(answer))
        if inside is not None and said is not None:
            if set(inside) == set(said):
                return with_key_brackets(with_bracket_emptied(stem.text))
            if options.texts and all(options.place(letter) is not None for letter in inside):
                raise Unsure(f"题干括号里写的是“{stem.key}”，答案却是“{answer}”，请核对")
        elif truth(stem.key) is not None and truth(stem.key) == truth(bare(answer)):
            return with_key_brackets(with_bracket_emptied(stem.text))
        return self._text(stem)

    # --- the rest --------------------------------------------------------------------------------------------

    def _marks(self, parts: Parts, stem: Stem) -> Decimal | None:
        return marks_of(parts.marks) if parts.marks else stem.marks or self.section.marks

    def _found(self, parts: Parts, made: Made, stem: Stem | None = None) -> FoundQuestion:
        return FoundQuestion(
            kind=made.kind,
            stem=made.stem,
            content=made.content,
            line=parts.row.number,
            explanation=parts.explanation,
            displayed=made.displayed,
            marks=self._marks(parts, stem or Stem("")),
            topic=parts.topic,
            platform=platform_of(parts.platform) if parts.platform else "",
            difficulty=difficulty_of(parts.difficulty) if parts.difficulty else None,
            tags=tags_of(parts.tags, exact=self.exact) if parts.tags else (),
            name=parts.name,
        )


_UNNUMBERED = Numbering()
