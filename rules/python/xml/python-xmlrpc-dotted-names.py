import os
from xmlrpc.server import SimpleXMLRPCServer

server = SimpleXMLRPCServer(("localhost", 8000))
# ruleid: python-xmlrpc-dotted-names
server.register_instance(service, allow_dotted_names=True)
# ruleid: python-xmlrpc-dotted-names
server.register_instance(service, True)
# ruleid: python-xmlrpc-dotted-names
server.register_function(os.system, "run")
# ok: python-xmlrpc-dotted-names
server.register_instance(service)
# ok: python-xmlrpc-dotted-names
server.register_instance(service, allow_dotted_names=False)
# ok: python-xmlrpc-dotted-names
server.register_function(service.add)
# ok: python-xmlrpc-dotted-names
server.register_function(add, "add")


def every_form(request):
    # ruleid: python-xmlrpc-dotted-names
    xmlrpc.server.resolve_dotted_attribute(object, name, True)
    # ruleid: python-xmlrpc-dotted-names
    xmlrpc.server.resolve_dotted_attribute(object, name)
