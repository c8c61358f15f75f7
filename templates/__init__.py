"""The pages, installed as placement.templates: a package, so that an editable install finds it where a wheel does."""
