resource "google_storage_bucket" "one" {
  # ruleid: terraform-bucket-object-acls
  uniform_bucket_level_access = true
}

resource "google_storage_bucket" "two" {
  name = "x"
  # ruleid: terraform-bucket-object-acls
  uniform_bucket_level_access = true
}

module "three" {
  source = "./bucket"
  # ruleid: terraform-bucket-object-acls
  uniform_bucket_level_access = true
}

resource "google_storage_bucket" "four" {
  # ok: terraform-bucket-object-acls
  uniform_bucket_level_access = true
  # ok: terraform-bucket-object-acls
  force_destroy = false
}

resource "google_storage_bucket" "five" {
  # ok: terraform-bucket-object-acls
  uniform_bucket_level_access = var.uniform
  # ok: terraform-bucket-object-acls
  name = "uniform"
}
