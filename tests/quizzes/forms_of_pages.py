"""What a browser without scripts would post from a page that nobody touched."""

from html.parser import HTMLParser
from urllib.parse import urlencode

from django.http import QueryDict


class _Fields(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.select, self.textarea = [], None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        match tag:
            case "input" if given.get("type") in ("radio", "checkbox"):
                if "checked" in given:
                    self.found.append((given["name"], given.get("value", "on")))
            case "input":
                self.found.append((given["name"], given.get("value", "")))
            case "select":
                self.select = [given["name"], None]
            case "option" if self.select and (self.select[1] is None or "selected" in given):
                self.select[1] = given["value"]
            case "textarea":
                self.textarea = [given["name"], ""]

    def handle_data(self, data):
        if self.textarea:
            self.textarea[1] += data

    def handle_endtag(self, tag):
        if tag == "select":
            self.found.append(tuple(self.select))
            self.select = None
        if tag == "textarea":
            self.found.append((self.textarea[0], self.textarea[1].replace("\n", "\r\n")))
            self.textarea = None


def fields_of(html: str) -> list[tuple[str, str]]:
    parser = _Fields()
    parser.feed(html)
    return parser.found


def posted(html: str) -> QueryDict:
    return QueryDict(urlencode(fields_of(html)))
