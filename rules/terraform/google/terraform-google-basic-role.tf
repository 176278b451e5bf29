resource "google_project_iam_member" "one" {
  # ruleid: terraform-google-basic-role
  role = "roles/owner"
}

resource "google_project_iam_binding" "two" {
  project = "x"
  # ruleid: terraform-google-basic-role
  role = "roles/editor"
}

resource "google_organization_iam_member" "three" {
  # ruleid: terraform-google-basic-role
  role = "roles/owner"
}

resource "google_project_iam_member" "four" {
  # ok: terraform-google-basic-role
  role = "roles/storage.objectViewer"
  # ok: terraform-google-basic-role
  member = "user:a@example.org"
}

resource "google_project_iam_member" "five" {
  # ok: terraform-google-basic-role
  role = var.role
}

resource "other_member" "six" {
  # ok: terraform-google-basic-role
  role = "roles/owner"
}
