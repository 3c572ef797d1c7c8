"""The pages, one module each: what a page shows, and what may be done on it."""

from pipeline.web.pages import (
    audits,
    deadlines,
    documents,
    door,
    letters,
    protected,
    register,
    search,
    statistics,
    today,
    uploads,
    users,
)

ROUTERS = tuple(
    module.router
    for module in (
        door,
        today,
        register,
        letters,
        documents,
        search,
        deadlines,
        audits,
        statistics,
        uploads,
        protected,
        users,
    )
)
"""All of them, in the order of the menu."""
