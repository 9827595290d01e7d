// Wires the parts together. createMap runs before the scripts of added folium layers, start after them.
"use strict";
(function (gc) {
  const PANES = [["gc-basemap", 210], ["gc-context", 390], ["gc-events", 420]];
  const config = JSON.parse(gc.byId("gc-config").textContent);
  gc.setLanguage(config.language, config.strings);
  gc.setStyle(config.style);

  gc.createMap = function (id, options) {
    if (config.markerIcons) {
      delete L.Icon.Default.prototype._getIconUrl; // it would look for a folder of pictures
      L.Icon.Default.mergeOptions(config.markerIcons);
    }
    const map = L.map(id, { ...options, zoomControl: false, attributionControl: false, maxBoundsViscosity: 1 });
    if (!options.maxBounds) map.setMaxBounds([[-86, -200], [86, 200]]);
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", gc.t("map.label"));
    for (const [name, order] of PANES) map.createPane(name).style.zIndex = order;
    map.getPane("gc-basemap").style.pointerEvents = "none";
    map.getPane("gc-context").style.pointerEvents = "none";
    map.getPane("gc-events").style.pointerEvents = "none";
    if (options.zoomControl !== false) L.control.zoom({ position: "topright", zoomInTitle: gc.t("zoom.in"), zoomOutTitle: gc.t("zoom.out") }).addTo(map);
    addShowAll(map);
    L.control.attribution({ prefix: false }).addTo(map);
    L.control.scale({ position: "bottomleft", maxWidth: 120 }).addTo(map);
    fitFocus(map);
    return map;
  };

  // Fit the view to where most events are, unless something else has moved it since.
  let fitted = null;
  function fitFocus(map) {
    const view = () => `${map.getCenter()} ${map.getZoom()}`;
    if (!config.focus || (fitted !== null && fitted !== view())) return;
    map.fitBounds(config.focus, { animate: false, padding: [24, 24] });
    fitted = view();
  }

  function addShowAll(map) {
    if (!config.bounds) return;
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const bar = gc.el("div", { class: "leaflet-bar gc-show-all" },
        gc.button("", gc.t("zoom.all"), () => map.fitBounds(config.bounds, { padding: [24, 24] }), gc.icon("all")));
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    };
    control.addTo(map);
  }

  function say(text) {
    const message = gc.byId("gc-message");
    message.textContent = text;
    message.hidden = text === "";
  }

  function addTheme(map) {
    const root = document.documentElement;
    const prefers = window.matchMedia("(prefers-color-scheme: dark)");
    const flip = () => {
      root.dataset.theme = gc.isDark() ? "light" : "dark";
      gc.themeChanged();
    };
    prefers.addEventListener("change", () => gc.themeChanged());
    gc.byId("gc-tools").append(gc.button("gc-round", gc.t("theme"), flip, gc.icon("theme")));
  }

  function addMenu() {
    const side = gc.byId("gc-side");
    const button = gc.button("gc-round gc-menu", gc.t("menu"), () => setOpen(!side.classList.contains("gc-open")), gc.icon("menu"));
    button.setAttribute("aria-controls", "gc-side-body");
    function setOpen(on) {
      side.classList.toggle("gc-open", on);
      button.setAttribute("aria-expanded", String(on));
    }
    setOpen(false);
    gc.byId("gc-tools").append(button);
    return { close: () => setOpen(false), isOpen: () => side.classList.contains("gc-open"), button };
  }

  gc.start = async function (map) {
    document.querySelector(".gc-head").append(gc.el("div", { class: "gc-tools", id: "gc-tools" }));
    addTheme(map);
    const menu = addMenu();
    if (!gc.canInflate()) return say(gc.t("oldBrowser"));
    let model, basemap;
    try {
      model = new gc.Model(await gc.readBlock("gc-events"), config.countries, config.span);
      basemap = gc.byId("gc-basemap") ? await gc.readJson("gc-basemap") : null;
    } catch (error) {
      say(gc.t("damaged"));
      throw error;
    }
    let text = null;
    const readText = () => (text = text || gc.readBlock("gc-text"));

    const contextItems = gc.contextItems(model);
    const card = gc.card(model, gc.byId("gc-card"), readText, cardOpened);
    const baseLayer = basemap ? gc.basemapLayer(basemap, gc.eventPlaceNames(model), (frame) => gc.eventNameBoxes(frame, model)).addTo(map) : null;
    const contextLayer = gc.contextLayer(model, contextItems).addTo(map);
    const events = gc.eventsLayer(model, map, (places) => {
      card.openPlaces(places);
      reveal(places[0]);
    }).addTo(map);
    const periods = gc.periodsOf(model, config.periods);
    const layers = model.n ? gc.addLayerControl(map, model, periods) : null;
    model.setPeriods(periods);
    const timeline = gc.timeline(model, gc.byId("gc-timeline"));
    const panel = gc.panel(model, config, gc.byId("gc-side-body"), { card, layers, contextItems, readText });

    // The panels have found their size by now, and the map may have lost some of its own.
    map.invalidateSize({ animate: false, pan: false });
    fitFocus(map);
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());

    for (const layer of [baseLayer, contextLayer, events]) if (layer) gc.onTheme(layer, () => layer.schedule());

    const main = gc.byId("gc-main");
    const report = () => {
      main.dataset.shown = model.nShown;
      main.dataset.from = model.hasDays ? gc.isoDay(model.from) : "";
      main.dataset.to = model.hasDays ? gc.isoDay(model.to) : "";
    };
    model.onChange((what) => {
      events.schedule();
      if (what === "selection") return hash.write();
      contextLayer.schedule();
      timeline.redraw();
      panel.show();
      report();
      if (what === "window") hash.write();
      return undefined;
    });

    async function apply(state) {
      model.setWindow(state.from ?? model.firstDay, state.to ?? model.lastDay);
      if (state.event === null) return;
      const i = (await readText()).event_id.all().indexOf(state.event);
      if (i < 0) return say(gc.t("hash.unknown"));
      await card.openEvent(i, null);
      return undefined;
    }
    function cardOpened() {
      menu.close();
      const i = model.selected;
      if (i >= 0 && model.where[i] === gc.where.ON_MAP) reveal(model.columns.place[i] - 1);
    }
    // Move a place out from under the card.
    function reveal(p) {
      const size = map.getSize();
      const box = gc.byId("gc-card").getBoundingClientRect();
      const isSheet = box.width > 0.8 * size.x;
      const side = Math.min(60, size.x / 6);
      map.panInside(model.latLng(p), {
        paddingTopLeft: [side, 60],
        paddingBottomRight: isSheet ? [side, Math.max(60, map.getContainer().getBoundingClientRect().bottom - box.top + 40)] : [box.width + 60, 60],
      });
    }
    const hash = gc.hash(model, readText, apply);

    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (card.isOpen()) card.close();
      else if (menu.isOpen()) {
        menu.close();
        menu.button.focus();
      }
    });

    gc.app = { model, map, events, card };
    report();
    say(model.n ? "" : gc.t("empty"));
    await apply(gc.readHash(location.hash));
    requestAnimationFrame(() => requestAnimationFrame(() => (document.documentElement.dataset.ready = "1")));
    return undefined;
  };
})((window.geoconflict = window.geoconflict || {}));
