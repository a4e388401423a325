"""Lists as Excel files, read by the tests that take them away."""

from io import BytesIO

import openpyxl


def rows_of(client, path, **filters):
    """The rows of the file, without their head."""
    response = client.get(path, {**filters, "format": "xlsx"})
    assert "attachment" in response["Content-Disposition"], path
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return list(sheet.iter_rows(min_row=2, values_only=True))


def firsts(client, path, **filters):
    """The first cell of each row: names, mostly."""
    return [row[0] for row in rows_of(client, path, **filters)]
