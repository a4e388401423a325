"""How much one document may hold: beyond it a file is a mistake, or an attack, and nobody would review its drafts."""

from quizzes.formats.found import Removed, Unreadable
from trainer.rules.document import Block, Document, Doubt

MEGABYTE = 1024 * 1024
BYTES = 50 * MEGABYTE
CHARACTERS = 2_000_000
BLOCKS = 50_000
PAGES = 1_000  # pages, slides or sheets
DEPTH = 60  # tables in tables, groups in groups


def check_pages(count: int, unit: str) -> None:
    """``unit`` is the counted thing with its measure word, e.g. 页 or 张幻灯片."""
    if count > PAGES:
        raise Unreadable(f"文件有 {count} {unit}，超过 {PAGES} {unit}。请拆成几个文件再上传。")


class Pieces:
    """The blocks of one document as a reader finds them, within the limits."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.left_out: list[Removed] = []
        self.doubts: list[Doubt] = []
        self._characters = 0

    def add(self, block: Block) -> None:
        """Keep ``block`` unless it is empty. Raises ``Unreadable`` where the document becomes too large."""
        if not block.text.strip() and not any(cell.strip() for row in block.rows for cell in row):
            return
        self._count(len(block.text) + sum(len(cell) for row in block.rows for cell in row))
        if len(self.blocks) >= BLOCKS:
            raise Unreadable(f"文件超过 {BLOCKS} 段。请拆成几个文件再上传。")
        self.blocks.append(block)

    def leave_out(self, line: int, text: str, reason: str) -> None:
        """Keep ``text`` out of the document, but say so; the same text only once."""
        text = " ".join(text.split())
        if text and len(self.left_out) < BLOCKS and (text, reason) not in {
            (entry.text, entry.reason) for entry in self.left_out[-20:]
        }:
            self._count(len(text))
            self.left_out.append(Removed(line, text, reason))

    def document(self, format: str, title: str) -> Document:
        """Raises ``Unreadable`` where nothing was found."""
        if not self.blocks:
            raise Unreadable("文件里没有文字。请检查是否选错了文件。")
        return Document(format, title.strip(), tuple(self.blocks), tuple(self.left_out), tuple(self.doubts))

    def _count(self, characters: int) -> None:
        self._characters += characters
        if self._characters > CHARACTERS:
            raise Unreadable(f"文件里的文字超过 {CHARACTERS // 10_000} 万字。请拆成几个文件再上传。")


def stem_of(name: str) -> str:
    """A file's name without folder and ending: its title, unless the document has a better one."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    head, dot, ending = base.rpartition(".")
    return head if dot and head and len(ending) <= 8 else base
