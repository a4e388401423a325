"""What every page's frame needs: who is signed in, and the places of their rail."""


def frame(request):
    return {}
