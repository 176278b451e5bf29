import tornado.web
from tornado.web import Application

# ruleid: python-tornado-xsrf-off
app = tornado.web.Application(handlers, xsrf_cookies=False)
# ruleid: python-tornado-xsrf-off
settings = {"debug": False, "xsrf_cookies": False}


class Hook(tornado.web.RequestHandler):
    # ruleid: python-tornado-xsrf-off
    def check_xsrf_cookie(self):
        pass


# ok: python-tornado-xsrf-off
app = Application(handlers, xsrf_cookies=True)
# ok: python-tornado-xsrf-off
app = Application(handlers, **settings)


class Checked(tornado.web.RequestHandler):
    # ok: python-tornado-xsrf-off
    def check_xsrf_cookie(self):
        check(self.request.headers["X-Signature"])


# ok: python-tornado-xsrf-off
other = {"xsrf_cookies": True}


class Returns(tornado.web.RequestHandler):
    # ruleid: python-tornado-xsrf-off
    def check_xsrf_cookie(self):
        return
