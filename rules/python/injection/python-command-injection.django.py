import os
import re

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views import View
from rest_framework.decorators import api_view
from rest_framework.views import APIView


def search(request, slug):
    # ruleid: python-command-injection
    os.system("grep " + request.GET["q"])
    # ruleid: python-command-injection
    os.system("grep " + request.POST.get("q", ""))
    # ruleid: python-command-injection
    os.system("grep " + request.META["HTTP_HOST"])
    # ruleid: python-command-injection
    os.system("grep " + request.COOKIES["q"])
    # ruleid: python-command-injection
    os.system(request.body.decode())
    # ruleid: python-command-injection
    os.system("grep " + request.headers["X"])
    # ruleid: python-command-injection
    os.system("grep " + request.path)
    # ruleid: python-command-injection
    os.system(f"grep {slug}")
    # ok: python-command-injection
    os.system("grep " + request.method)
    # ok: python-command-injection
    os.system(f"grep {request.user.pk}")


def detail(request, pk):
    # ok: python-command-injection
    os.system(f"show {pk}")
    host = get_object_or_404(Host, name=request.GET["name"])
    # ok: python-command-injection
    os.system(f"show {host.address}")


class Page(View):
    def get(self, request, *args, **kwargs):
        # ruleid: python-command-injection
        os.system("show " + self.kwargs["slug"])
        # ok: python-command-injection
        os.system(f"show {self.kwargs['pk']}")
        # ruleid: python-command-injection
        os.system("show " + self.request.GET["q"])

    def post(self, request, name):
        # ruleid: python-command-injection
        os.system("show " + name)
        form = Search(request.POST)
        if form.is_valid():
            # ruleid: python-command-injection
            os.system("show " + form.cleaned_data["q"])


@api_view(["POST"])
def create(request):
    name = request.data["name"]
    # ruleid: python-command-injection
    os.system(f"show {name}")
    serializer = Shown(data=request.data)
    # ruleid: python-command-injection
    os.system(serializer.validated_data["name"])
    if re.fullmatch(r"[a-z]+", name):
        # ok: python-command-injection
        os.system(f"show {name}")


class Hosts(APIView):
    def put(self, request):
        # ruleid: python-command-injection
        os.system(request.query_params.get("q"))
