import { redirect } from "next/navigation";
import { NextRequest, NextResponse } from "next/server";

export async function GET(request: NextRequest) {
  const { searchParams } = new URL(request.url);
  // ruleid: javascript-open-redirect
  redirect(searchParams.get("next"));
}

export async function POST(request: Request) {
  const form = await request.formData();
  // ruleid: javascript-open-redirect
  return Response.redirect(form.get("next"));
}

export async function PUT(request: NextRequest) {
  // ruleid: javascript-open-redirect
  return NextResponse.redirect(request.nextUrl.searchParams.get("next")!);
}

export async function PATCH(request: NextRequest) {
  // ok: javascript-open-redirect
  redirect("/home");
  // ok: javascript-open-redirect
  return NextResponse.redirect(new URL("/login", request.url));
}
