"""When the screen is painted in a test: once when all is done, not at every step to there.

What is painted on the way is thrown away where there is no terminal, and took a third of the time
of the tests; all that a widget needs to be painted is kept until then.
"""

from weakref import WeakSet

from textual.screen import Screen

at_once = Screen._compositor_refresh
_unpainted = WeakSet()


def later(screen):
    """Note that a screen is to be painted, in the place of `at_once`."""
    app = screen.app
    if app.is_inline or screen is not app.screen:
        at_once(screen)
        return
    _unpainted.add(screen)
    screen._dirty_widgets.clear()
    app._update_mouse_over(screen)


def paint(app):
    """Paint what changed since the last time, of the screen that is seen."""
    if app._exception or not app.screen_stack or app.screen not in _unpainted:
        return
    _unpainted.remove(app.screen)
    update = app.screen._compositor.render_update(screen_stack=app._background_screens)
    app._display(app.screen, update)
