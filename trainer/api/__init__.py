"""The site as another program sees it: ``/api/v1``, described by its OpenAPI document. On the layer of the views."""
