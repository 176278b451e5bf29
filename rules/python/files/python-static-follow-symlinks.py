from aiohttp import web
from fastapi.staticfiles import StaticFiles
from starlette import staticfiles

# ruleid: python-static-follow-symlinks
app.router.add_static("/static", "static", follow_symlinks=True)
# ruleid: python-static-follow-symlinks
app.add_routes([web.static("/static", "static", show_index=True, follow_symlinks=True)])
# ruleid: python-static-follow-symlinks
api.mount("/static", StaticFiles(directory="static", follow_symlink=True))
# ruleid: python-static-follow-symlinks
api.mount("/more", staticfiles.StaticFiles(directory="static", follow_symlink=True))

# ok: python-static-follow-symlinks
app.router.add_static("/static", "static")
# ok: python-static-follow-symlinks
app.router.add_static("/static", "static", follow_symlinks=False)
# ok: python-static-follow-symlinks
app.add_routes([web.static("/static", "static")])
# ok: python-static-follow-symlinks
api.mount("/static", StaticFiles(directory="static"))
