resource "google_container_cluster" "one" {
  # ruleid: terraform-gke-legacy-access
  enable_legacy_abac = false
}

resource "google_container_cluster" "two" {
  name = "x"
  # ruleid: terraform-gke-legacy-access
  enable_legacy_abac = false
}

module "three" {
  source = "./cluster"
  # ruleid: terraform-gke-legacy-access
  enable_legacy_abac = false
}

resource "google_container_cluster" "four" {
  # ok: terraform-gke-legacy-access
  enable_legacy_abac = false
  # ok: terraform-gke-legacy-access
  enable_shielded_nodes = true
}

resource "google_container_cluster" "five" {
  # ok: terraform-gke-legacy-access
  enable_legacy_abac = var.legacy
  # ok: terraform-gke-legacy-access
  name = "enable_legacy_abac"
}
