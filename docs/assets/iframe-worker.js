// Search from disk: browsers start no worker for a page that was opened as a file, so the worker's script runs in a
// hidden frame instead. Pages that come from a server use real workers, and this does nothing.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      const own = new URL(url, document.baseURI)
      const frame = document.createElement("iframe")
      frame.hidden = true
      frame.title = "search"
      document.documentElement.append(frame)
      const inside = frame.contentWindow
      this.ready = new Promise((resolve) => {
        const load = (source) =>
          new Promise((done) => {
            const script = inside.document.createElement("script")
            script.src = new URL(source, own).href
            script.onload = done
            inside.document.head.append(script)
          })
        inside.document.open()
        inside.document.write("<!doctype html><title>search</title>")
        inside.document.close()
        // What a worker has and a frame has not; its answers come back as messages of this object.
        inside.importScripts = async (...sources) => {
          for (const source of sources) await load(source)
        }
        inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }))
        load(own).then(resolve)
      })
      this.frame = inside
    }

    postMessage(data) {
      this.ready.then(() => this.frame.dispatchEvent(new this.frame.MessageEvent("message", { data })))
    }

    terminate() {
      this.frame.frameElement?.remove()
    }
  }
}
