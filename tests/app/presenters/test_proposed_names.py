"""A new endpoint is proposed a name that no other one has."""

from app.presenters.editing import EditingPresenter
from app.services.rest import Rest
from app.state.store import Store
from app.tasks import TaskOwner
from tests.app.state.builders import snapshot, state
from widgets.main_window import MainWindow


async def test_two_of_one_host_have_two_names(
    window: MainWindow, store: Store, tasks: TaskOwner
) -> None:
    store.replace(snapshot(state("a", name="api.example.com")))
    EditingPresenter(window, Rest(), store, tasks).add()
    window.form.suggest_url("https://api.example.com/v2")
    assert window.form._editors.name.text() == "api.example.com/v2"
    window.form.suggest_url("https://www.example.com/v2")
    assert window.form._editors.name.text() == "www.example.com"
