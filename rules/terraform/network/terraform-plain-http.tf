resource "azurerm_storage_account" "one" {
  # ruleid: terraform-plain-http
  https_traffic_only_enabled = false
}

resource "azurerm_linux_web_app" "two" {
  # ruleid: terraform-plain-http
  https_only = false
}

resource "google_sql_database_instance" "three" {
  settings {
    ip_configuration {
      # ruleid: terraform-plain-http
      require_ssl = false
    }
  }
}

resource "azurerm_storage_account" "four" {
  # ok: terraform-plain-http
  https_traffic_only_enabled = true
  # ok: terraform-plain-http
  shared_access_key_enabled = false
}

resource "azurerm_linux_web_app" "five" {
  # ok: terraform-plain-http
  https_only = var.https
  # ok: terraform-plain-http
  name = "https_only"
}
