"""Addresses of static files."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """WhiteNoise's, which works the address of a file out once in each process: a release has one for each.

    A script that imports another of ours imports the one of its own release.
    """

    support_js_module_import_aggregation = True

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.url = cache(super().url)
