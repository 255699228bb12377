import { JupyterLab } from "@jupyterlab/application";
import { IConnectionStatus, IServiceManager } from "@jupyterlab/services";
import { PluginRegistry } from "@lumino/coreutils";

const news = "@jupyterlab/apputils-extension:announcements"; // asks whether it may fetch them

/** Starts JupyterLab of its parts, and gives it to whoever looks for it in the window. */
export async function start(plugins, mimeExtensions) {
  const pluginRegistry = new PluginRegistry();
  pluginRegistry.registerPlugins(plugins.filter(({ id }) => id !== news));
  const lab = new JupyterLab({
    pluginRegistry,
    serviceManager: await pluginRegistry.resolveRequiredService(IServiceManager),
    connectionStatus: await pluginRegistry.resolveRequiredService(IConnectionStatus),
    mimeExtensions,
    availablePlugins: [],
  });
  window.jupyterapp = lab;
  await lab.start({ ignorePlugins: [], bubblingKeydown: true });
  await lab.restored;
}
