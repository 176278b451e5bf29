resource "azurerm_linux_web_app" "one" {
  site_config {
    # ruleid: terraform-remote-debugging
    remote_debugging_enabled = false
  }
}

resource "azurerm_windows_web_app" "two" {
  site_config {
    http2_enabled = true
    # ruleid: terraform-remote-debugging
    remote_debugging_enabled = false
  }
}

module "three" {
  source = "./app"
  # ruleid: terraform-remote-debugging
  remote_debugging_enabled = false
}

resource "azurerm_linux_web_app" "four" {
  site_config {
    # ok: terraform-remote-debugging
    remote_debugging_enabled = false
    # ok: terraform-remote-debugging
    http2_enabled = true
  }
}

resource "azurerm_linux_web_app" "five" {
  site_config {
    # ok: terraform-remote-debugging
    remote_debugging_enabled = var.debug
  }
  # ok: terraform-remote-debugging
  name = "remote_debugging_enabled"
}
