/** A Folium map without a network: what Folium and Leaflet would get from elsewhere, given from the document. */

/**
 * Prepare a document before Folium's own scripts run.
 * @param {{icon: string, retina: string, shadow: string}} pictures Leaflet's marker, as data.
 */
export function prepareOffline({ icon, retina, shadow }) {
  L.Icon.Default.imagePath = ""; // else Leaflet looks for it in its style
  L.Icon.Default.mergeOptions({ iconUrl: icon, iconRetinaUrl: retina, shadowUrl: shadow });
  window.$ ??= given;
}

/** The two things for which Folium has jQuery: the elements of a popup that its author wrote, and a call once all is there. */
function given(what) {
  if (typeof what !== "string") return { ready: (fn) => document.addEventListener("DOMContentLoaded", fn, { once: true }) };
  const holder = document.createElement("template");
  holder.innerHTML = what;
  return [...holder.content.children];
}
