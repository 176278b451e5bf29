resource "google_storage_bucket_iam_member" "one" {
  # ruleid: terraform-google-public-member
  member = "allUsers"
}

resource "google_pubsub_topic_iam_binding" "two" {
  # ruleid: terraform-google-public-member
  members = ["user:a@example.org", "allAuthenticatedUsers"]
}

resource "google_storage_bucket_access_control" "three" {
  # ruleid: terraform-google-public-member
  entity = "allUsers"
}

resource "google_bigquery_dataset_access" "four" {
  # ruleid: terraform-google-public-member
  special_group = "allAuthenticatedUsers"
}

resource "google_storage_bucket_iam_member" "five" {
  # ok: terraform-google-public-member
  member = "group:team@example.org"
  # ok: terraform-google-public-member
  role = "roles/storage.objectViewer"
}

resource "google_storage_bucket_iam_member" "six" {
  # ok: terraform-google-public-member
  member = var.member
}

resource "google_storage_bucket" "seven" {
  # ok: terraform-google-public-member
  name = "allUsers"
}
