resource "azurerm_storage_account" "one" {
  # ruleid: terraform-azure-blobs-may-be-public
  allow_nested_items_to_be_public = false
}

resource "azurerm_storage_account" "two" {
  # ruleid: terraform-azure-blobs-may-be-public
  allow_blob_public_access = false
}

resource "azurerm_storage_account" "three" {
  name = "x"
  # ruleid: terraform-azure-blobs-may-be-public
  allow_nested_items_to_be_public = false
}

resource "azurerm_storage_account" "four" {
  # ok: terraform-azure-blobs-may-be-public
  allow_nested_items_to_be_public = false
  # ok: terraform-azure-blobs-may-be-public
  shared_access_key_enabled = true
}

resource "azurerm_storage_account" "five" {
  # ok: terraform-azure-blobs-may-be-public
  allow_nested_items_to_be_public = var.public
  # ok: terraform-azure-blobs-may-be-public
  name = "public"
}
