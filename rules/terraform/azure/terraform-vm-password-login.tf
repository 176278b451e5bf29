resource "azurerm_linux_virtual_machine" "one" {
  # ruleid: terraform-vm-password-login
  disable_password_authentication = false
}

resource "azurerm_linux_virtual_machine_scale_set" "two" {
  admin_username = "app"
  # ruleid: terraform-vm-password-login
  disable_password_authentication = false
}

resource "azurerm_virtual_machine" "three" {
  os_profile_linux_config {
    # ruleid: terraform-vm-password-login
    disable_password_authentication = false
  }
}

resource "azurerm_linux_virtual_machine" "four" {
  # ok: terraform-vm-password-login
  disable_password_authentication = true
  # ok: terraform-vm-password-login
  allow_extension_operations = false
}

resource "azurerm_linux_virtual_machine" "five" {
  # ok: terraform-vm-password-login
  disable_password_authentication = var.keys_only
  # ok: terraform-vm-password-login
  name = "disable_password_authentication"
}
