"""Files on their way in: kept on disk while they arrive, and not kept at all when they are too large."""

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

MOST_FILES = 20


class BoundedUpload(TemporaryFileUploadHandler):
    """Drops each file as soon as it has grown past ``settings.LARGEST_UPLOAD``, and all but the first 20 files; all
    of them where the request is larger than ``settings.LARGEST_REQUEST``.

    The names of what was dropped are in ``request.dropped_uploads``, so that a page can say which; nothing of the
    rest is held in memory, however much is sent.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.files = 0
        self.too_much = False
        request.dropped_uploads = []

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.too_much = content_length > settings.LARGEST_REQUEST

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.files += 1
        self.received = 0
        if self.too_much or self.files > MOST_FILES:
            self._drop()

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > settings.LARGEST_UPLOAD:
            self._drop()
        super().receive_data_chunk(raw_data, start)

    def _drop(self):
        self.file.close()
        self.request.dropped_uploads.append(self.file_name)
        raise SkipFile
