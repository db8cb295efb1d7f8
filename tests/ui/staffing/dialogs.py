"""Finding the dialog that a button opened."""


def dialog(page, kind):
    """The open one of that kind."""
    return next(one for one in page.window().findChildren(kind) if one.isVisible())
