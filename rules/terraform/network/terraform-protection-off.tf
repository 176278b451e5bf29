resource "azurerm_key_vault" "one" {
  # ruleid: terraform-protection-off
  purge_protection_enabled = false
}

resource "google_compute_instance" "two" {
  shielded_instance_config {
    # ruleid: terraform-protection-off
    enable_secure_boot = false
    # ruleid: terraform-protection-off
    enable_integrity_monitoring = false
  }
}

resource "azurerm_linux_virtual_machine" "three" {
  # ruleid: terraform-protection-off
  secure_boot_enabled = false
}

resource "azurerm_key_vault" "four" {
  # ok: terraform-protection-off
  purge_protection_enabled = true
  # ok: terraform-protection-off
  public_network_access_enabled = false
}

resource "google_compute_instance" "five" {
  shielded_instance_config {
    # ok: terraform-protection-off
    enable_secure_boot = var.secure
    # ok: terraform-protection-off
    enable_vtpm = true
  }
}
