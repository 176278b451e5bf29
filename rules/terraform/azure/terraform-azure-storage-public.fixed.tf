resource "azurerm_storage_container" "one" {
  # ruleid: terraform-azure-storage-public
  container_access_type = "private"
}

resource "azurerm_storage_container" "two" {
  name = "files"
  # ruleid: terraform-azure-storage-public
  container_access_type = "private"
}

resource "azurerm_storage_container" "three" {
  # ruleid: terraform-azure-storage-public
  container_access_type = "private"
  metadata = {}
}

resource "azurerm_storage_container" "four" {
  # ok: terraform-azure-storage-public
  container_access_type = "private"
  # ok: terraform-azure-storage-public
  name = "blob"
}

resource "azurerm_storage_container" "five" {
  # ok: terraform-azure-storage-public
  container_access_type = var.access
}

resource "azurerm_storage_container" "six" {
  # ok: terraform-azure-storage-public
  name = "container"
}
