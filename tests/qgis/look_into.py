"""Run by the Python of the system, which knows PyQGIS: open a GeoPackage as QGIS does, say what it is, and draw it.

``look_into.py FILE.gpkg PICTURE.png [FIRST LAST]``: prints JSON; the picture shows the timeline from FIRST until before LAST.
"""

import json
import sys

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsRenderContext,
    QgsSymbolLayer,
    QgsTemporalUtils,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
    QgsVectorLayerTemporalProperties,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt
from qgis.PyQt.QtGui import QColor

BACKGROUND = "#f6f4ef"
LAYERS = ("events", "event_lines", "event_areas")


def utc_day(text):
    return QDateTime.fromString(text + "T00:00:00Z", Qt.ISODate)


def opened(file, name):
    """Open a layer in the steps that QGIS Desktop takes when a file is dropped onto it."""
    options = QgsVectorLayer.LayerOptions()
    options.loadDefaultStyle = False
    layer = QgsVectorLayer(f"{file}|layername={name}", name, "ogr", options)
    layer.loadDefaultStyle()
    layer.loadDefaultMetadata()
    return layer


def said_of(layer):
    renderer, times = layer.renderer(), layer.temporalProperties()
    return {
        "n": layer.featureCount(),
        "geometry": layer.geometryType(),
        "renderer": renderer.type(),
        "attribute": renderer.classAttribute(),
        "categories": {
            one.value(): {
                "colours": sorted({part.color().name() for part in one.symbol().symbolLayers()}),
                "label": one.label(),
                "drawn": one.renderState(),
            }
            for one in renderer.categories()
        },
        "temporal": {
            "active": times.isActive(),
            "by_expressions": times.mode()
            == QgsVectorLayerTemporalProperties.ModeFeatureDateTimeStartAndEndFromExpressions,
            "fields": [times.startField(), times.endField()],
            "expressions": [times.startExpression(), times.endExpression()],
        },
        "labels": layer.labelsEnabled() and layer.labeling() is not None,
        "rights": layer.metadata().rights(),
        "title": layer.metadata().title(),
        "lines": lines_of(layer),
        "notes": layer.customProperty("userNotes"),
    }


def map_settings(layers, days, size):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setBackgroundColor(QColor(BACKGROUND))
    settings.setOutputSize(QSize(*size))
    settings.setOutputDpi(120)
    box = QgsRectangle()
    for layer in layers:
        if layer.featureCount():
            box.combineExtentWith(settings.layerExtentToOutputExtent(layer, layer.extent()))
    box.grow(max(box.width(), box.height(), 100_000) / 20)
    settings.setExtent(box)
    settings.setFlag(QgsMapSettings.DrawLabeling, True)
    if days:
        settings.setIsTemporal(True)
        settings.setTemporalRange(QgsDateTimeRange(utc_day(days[0]), utc_day(days[1]), True, False))
    return settings


def drawn(layers, picture, days, size=(1400, 1000)):
    """Draw the layers into a file, and return on how many of some spots something stands."""
    job = QgsMapRendererParallelJob(map_settings(layers, days, size))
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(picture)
    background = QColor(BACKGROUND).rgb()
    return sum(image.pixel(x, y) != background for x in range(0, size[0], 2) for y in range(0, size[1], 2))


def shown(layer, settings):
    """Return the names of the places whose events the renderer draws within the days of the settings."""
    context = QgsRenderContext.fromMapSettings(settings)
    scope = QgsExpressionContextUtils.globalProjectLayerScopes(layer)
    context.expressionContext().appendScopes(scope)
    request = QgsFeatureRequest()
    if settings.isTemporal():
        times = QgsVectorLayerTemporalContext()
        times.setLayer(layer)
        wanted = layer.temporalProperties().createFilterString(times, settings.temporalRange())
        request.setFilterExpression(wanted)
    renderer = layer.renderer().clone()
    renderer.startRender(context, layer.fields())
    names = []
    for feature in layer.getFeatures(request):
        context.expressionContext().setFeature(feature)
        if renderer.willRenderFeature(feature, context):
            names.append(feature["place_name"])
    renderer.stopRender(context)
    return sorted(names)


def rings_of(layer):
    """Return the boxes of the rings around the points of a layer, by the name of the place."""
    category = layer.renderer().categories()[0]  # kept, for its symbol goes with it
    symbol = category.symbol()
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    boxes = {}
    for feature in layer.getFeatures():
        context.setFeature(feature)
        rings = [QgsExpression(symbol.symbolLayer(at).geometryExpression()).evaluate(context) for at in (0, 1)]
        for ring in rings:
            if ring:
                box = ring.boundingBox()
                boxes[feature["place_name"]] = [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()]
    return boxes


def signs_of(layer):
    """Return how full and of what edge the sign of each event is: status, colour of the fill, of the edge, and its style."""
    renderer = layer.renderer().clone()
    context = QgsRenderContext()
    context.expressionContext().appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    renderer.startRender(context, layer.fields())
    signs = []
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        symbol = renderer.symbolForFeature(feature, context)
        if symbol is None:
            continue
        sign = symbol.symbolLayer(4).dataDefinedProperties()
        colours = [
            sign.valueAsColor(what, context.expressionContext(), QColor())[0].name()
            for what in (QgsSymbolLayer.PropertyFillColor, QgsSymbolLayer.PropertyStrokeColor)
        ]
        style = sign.valueAsString(QgsSymbolLayer.PropertyStrokeStyle, context.expressionContext(), "")[0]
        signs.append([feature["event_type"], feature["status"], *colours, style])
    renderer.stopRender(context)
    return signs


def lines_of(layer):
    """Return how QGIS names each event where it lists several."""
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    expression = QgsExpression(layer.displayExpression())
    lines = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        lines.append(expression.evaluate(context))
    return lines


def tips_of(layer):
    """Return what QGIS says over each event."""
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    tips = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        tips.append(QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context))
    return tips


def main(file, picture, *days):
    application = QgsApplication([], False)
    application.initQgis()
    layers = [opened(file, name) for name in LAYERS]
    tables = [QgsVectorLayer(f"{file}|layername={name}", name, "ogr") for name in ("events_unlocated", "tolls")]
    told = {"qgis": Qgis.QGIS_VERSION, "valid": [layer.isValid() for layer in layers]}
    told["layers"] = {layer.name(): said_of(layer) for layer in layers}
    told["tables"] = {table.name(): table.featureCount() for table in tables if table.isValid()}
    project = QgsProject.instance()
    project.addMapLayers(layers)
    span = QgsTemporalUtils.calculateTemporalRangeForProject(project)  # what the controller offers
    told["span"] = [span.begin().toString(Qt.ISODate), span.end().toString(Qt.ISODate)]
    settings = map_settings(layers, days, (1400, 1000))
    told["shown"] = {layer.name(): shown(layer, settings) for layer in layers}
    told["signs"] = signs_of(layers[0])
    told["rings"] = rings_of(layers[0])
    told["tips"] = [tip for layer in layers for tip in tips_of(layer)]
    told["n_pixels"] = drawn(layers, picture, days)
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    project.clear()
    del layers, tables, project
    application.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
