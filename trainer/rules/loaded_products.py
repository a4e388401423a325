"""A product of a load in its one JSON shape."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from quizzes.rules.vocabulary import Platform
from trainer.rules.products import ProductAttribute, ProductRow


def product_to_data(product: ProductRow) -> dict[str, Any]:
    return {
        "sku": product.sku,
        "name": product.name,
        "shelf_on": product.shelf_on.isoformat(),
        "platforms": [platform.value for platform in product.platforms],
        "attributes": [list(cell) for cell in product.attributes],
        "row": product.row,
    }


def product_from_data(data: Mapping[str, Any]) -> ProductRow:
    return ProductRow(
        name=data["name"],
        sku=data["sku"],
        shelf_on=date.fromisoformat(data["shelf_on"]),
        attributes=tuple(ProductAttribute(*cell) for cell in data["attributes"]),
        row=data["row"],
        platforms=tuple(Platform(word) for word in data["platforms"]),
    )
