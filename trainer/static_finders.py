"""Serve the few files that we use of packages that are no Django apps."""

from importlib import import_module

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PACKAGED = {"bootstrap": ("css/bootstrap.min.css", "css/bootstrap.min.css.map")}


class PackagedFiles(BaseFinder):
    """Finds ``<package>/<file>`` for the files named above, and nothing else of those packages."""

    def __init__(self, *args, **kwargs):
        self.storages = {}
        for package in PACKAGED:
            # a package without __init__.py has no single place by importlib.resources
            storage = FileSystemStorage(location=import_module(package).__path__[0])
            storage.prefix = package  # type: ignore[attr-defined]
            self.storages[package] = storage

    def find(self, path, find_all=False):
        package, _, name = path.partition("/")
        if name not in PACKAGED.get(package, ()):
            return []
        found = self.storages[package].path(name)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for package, names in PACKAGED.items():
            for name in names:
                yield name, self.storages[package]
