import grpc
from grpc import aio, insecure_channel

# ruleid: python-grpc-insecure
channel = grpc.insecure_channel("api.example.com:50051")
# ruleid: python-grpc-insecure
channel = insecure_channel(f"{host}:50051")
# ruleid: python-grpc-insecure
server.add_insecure_port("0.0.0.0:50051")
# ok: python-grpc-insecure
channel = grpc.secure_channel("api.example.com:443", grpc.ssl_channel_credentials())
# ok: python-grpc-insecure
channel = grpc.insecure_channel("localhost:50051")
# ok: python-grpc-insecure
channel = grpc.insecure_channel("unix:///run/app.sock")
# ok: python-grpc-insecure
server.add_secure_port("0.0.0.0:443", credentials)


def more_forms(request):
    # ruleid: python-grpc-insecure
    grpc.aio.insecure_channel("db.example.org:443")
