provider "kubernetes" {
  # ruleid: terraform-provider-insecure
  insecure = false
}

provider "vsphere" {
  user = "app"
  # ruleid: terraform-provider-insecure
  allow_unverified_ssl = false
}

provider "vault" {
  # ruleid: terraform-provider-insecure
  skip_tls_verify = false
}

provider "helm" {
  # ok: terraform-provider-insecure
  insecure = false
  # ok: terraform-provider-insecure
  debug = true
}

provider "consul" {
  # ok: terraform-provider-insecure
  insecure_https = var.insecure
}

resource "other" "six" {
  # ok: terraform-provider-insecure
  insecure = true
}
