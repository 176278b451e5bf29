from rest_framework import permissions
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.views import APIView

# ruleid: python-drf-open
REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"]}


class Change(APIView):
    # ruleid: python-drf-open
    permission_classes = [AllowAny]

    def post(self, request):
        save(request.data)


class Remove(APIView):
    # ruleid: python-drf-open
    permission_classes = []

    def delete(self, request):
        remove()


class Other(APIView):
    # ruleid: python-drf-open
    permission_classes = (permissions.AllowAny,)

    def put(self, request):
        save(request.data)


class Read(APIView):
    # ok: python-drf-open
    permission_classes = [AllowAny]

    def get(self, request):
        return Response(public())


class Private(APIView):
    # ok: python-drf-open
    permission_classes = [IsAuthenticated]

    def post(self, request):
        save(request.data)


# ok: python-drf-open
REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"]}
# ok: python-drf-open
permission_classes = []


def every_form(request):
    # ruleid: python-drf-open
    REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": []}


# ruleid: python-drf-open
REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ("rest_framework.permissions.AllowAny",)}


class WithoutAny(APIView):
    # ruleid: python-drf-open
    permission_classes = ()

    def post(self, request):
        return create(request.data)
