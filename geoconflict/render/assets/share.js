// The menu "Share and download" in the head of the main area.
import { byId } from "./dom.js";
import { csvOf, fileName, geoJsonOf, saveFile } from "./download.js";
import { addressWith, copyLink, hasAddress, sayBriefly } from "./link.js";
import { createMenu } from "./menu.js";
import { viewPicture } from "./picture.js";
import { preparePrint } from "./print.js";
import { tr, trCount } from "./text.js";

/**
 * @param {Model} model
 * @param {{title: string, attribution: string[], dataAttribution: string[]}} config
 * @param {{map: L.Map, layers: CanvasLayer[], contextItems: ContextItem[], readText: ReadText, address: () => Promise<string>}} parts
 */
export function createShare(model, config, { map, layers, contextItems, readText, address }) {
  const dataCredits = [...config.dataAttribution, tr("about.made")];
  const words = { title: config.title, credits: [...config.attribution, tr("about.made")] };
  const root = document.documentElement;

  /** @param {string} suffix @param {() => Promise<Blob>} make */
  async function save(suffix, make) {
    sayBriefly(tr("share.making"));
    const name = fileName(model, config.title, suffix);
    try {
      saveFile(await make(), name);
    } catch {
      return sayBriefly(tr("share.failed"));
    }
    return sayBriefly(tr("share.saved", { name }));
  }
  const saveCsv = () => save("csv", async () => csvOf(model, await readText(), dataCredits.join("\n")));
  const saveGeoJson = () => save("geojson", async () => geoJsonOf(model, await readText(), config.title, dataCredits, contextItems));
  const savePicture = () => save("png", () => {
    map.stop();
    const canvas = viewPicture(model, map, layers, words);
    // A canvas that is too large for the browser gives nothing.
    return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
  });
  const flipFull = () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()).catch(() => sayBriefly(tr("share.noFull")));

  preparePrint(model, map, layers, words);
  byId("gc-main-head").append(createMenu({
    label: tr("share.menu"), picture: "share",
    note: () => trCount("share.events", model.listedEvents().length),
    items: [
      { label: tr("share.copy"), picture: "link", run: async () => copyLink(addressWith(await address())), isOffered: hasAddress },
      { label: tr("share.csv"), picture: "table", run: saveCsv },
      { label: tr("share.geojson"), picture: "place", run: saveGeoJson },
      { label: tr("share.png"), picture: "picture", run: savePicture },
      { label: tr("share.print"), picture: "print", run: () => window.print() },
      { label: tr("share.full"), picture: "full", run: flipFull, isOffered: () => document.fullscreenEnabled && !document.fullscreenElement },
      { label: tr("share.leaveFull"), picture: "full", run: flipFull, isOffered: () => document.fullscreenElement !== null },
    ],
  }));
}
