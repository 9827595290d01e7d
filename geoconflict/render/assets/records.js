// An event as a row of a file: every column that a user of the data needs, named as in the frames of the Python package.
import { WHERE } from "./model.js";
import { wrapped } from "./shape_geometry.js";
import { isoDay } from "./text.js";
import { actorsWith, AGENT, TARGET, versionsOf } from "./versions.js";

const OFF_REASONS = { [WHERE.COUNTRY]: "country", [WHERE.UNLOCATED]: "unlocated", [WHERE.UNDATED]: "undated", [WHERE.UNSURE]: "unsure", [WHERE.OUTSIDE]: "outside" };
const FIGURES = /** @type {(keyof FigureColumns)[]} */ (["killed", "wounded", "captured", "displaced"].flatMap((what) => ["low", "best", "high"].map((bound) => `${what}_${bound}`)));

/**
 * @param {Model} model
 * @param {TextColumns} text columns of the block of texts
 * @returns a function that gives the record of an event: text, numbers, truth values, null for what is not stated,
 * and `sources`, a list of objects
 */
export function createRecords(model, text) {
  const c = model.columns;
  // Figures are stored one higher, 0 is "not stated".
  /** @param {number} stored */
  const figure = (stored) => (stored ? stored - 1 : null);

  /** @param {number} v */
  function told(v) {
    const r = text.version_report[v];
    const first = text.report_text[r];
    return {
      source: text.report_source.at(r), url: text.report_url.at(r), title: text.report_title.at(r), published_on: text.report_published_on.at(r),
      status: text.version_status.at(v), claimed_by: text.version_claimed_by.at(v), denied_by: text.version_denied_by.at(v),
      figures_by: text.version_figures_by.at(v), quote: text.version_quote.at(v),
      same_text_as: first === r ? "" : text.report_url.at(first) || text.report_source.at(first),
    };
  }
  // Of a file that leaves out what the reports say, their sources are known by name.
  /** @param {string} source */
  const named = (source) => ({ source, url: "", title: "", published_on: "", status: "", claimed_by: "", denied_by: "", figures_by: "", quote: "", same_text_as: "" });

  return (/** @type {number} */ i) => {
    const p = c.place[i] - 1;
    const isCountry = model.where[i] === WHERE.COUNTRY;
    /** @param {"name" | "precision" | "kind" | "admin1" | "country"} name */
    const ofPlace = (name) => (p < 0 ? "" : c[`place_${name}`].at(p));
    return {
      event_id: text.event_id.at(i),
      starts_on: c.dated[i] && !c.open_start[i] ? isoDay(c.day[i]) : null,
      ends_on: c.dated[i] && !c.open_end[i] ? isoDay(model.last[i]) : null,
      date_precision: c.date_precision.at(i), date_basis: c.date_basis.at(i), date_text: text.date_text.at(i),
      event_type: c.event_type.at(i), sub_event_type: c.sub_event_type.at(i), status: c.status.at(i),
      place_name: ofPlace("name"), place_precision: ofPlace("precision"), place_kind: ofPlace("kind"), admin1: ofPlace("admin1"), country: ofPlace("country"),
      radius_m: p < 0 ? null : c.place_radius_m[p],
      // A country is no spot: whoever wants a point for it must choose one knowingly.
      lon: p < 0 || isCountry ? null : wrapped(c.place_lon[p] / 1e4),
      lat: p < 0 || isCountry ? null : c.place_lat[p] / 1e4,
      place_score: p < 0 || !text.place_score[i] ? null : /** @type {number} */ (figure(text.place_score[i])) / 100,
      on_map: model.where[i] === WHERE.ON_MAP, off_map_reason: OFF_REASONS[model.where[i]] || "",
      actors: c.actors.of(i).join("; "), agents: actorsWith(c, i, AGENT).join("; "), targets: actorsWith(c, i, TARGET).join("; "),
      ...Object.fromEntries(FIGURES.map((name) => [name, figure(c[name][i])])),
      claimed_by: c.claimants.of(i).slice(0, c.n_claimed[i]).join("; "), disagreements: text.disagreements.at(i),
      n_sources: c.n_sources[i],
      sources: text.n_versions[i] ? versionsOf(text, i).map(told) : c.sources.of(i).map(named),
    };
  };
}
