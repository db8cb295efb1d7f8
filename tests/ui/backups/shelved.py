"""What the tests of the page of backups share: a passphrase, and how a row is read."""

SECRET = "granite teapot willow sunrise 47"


def cells(table, row=0):
    model = table.view.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]
