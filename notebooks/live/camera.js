// The camera, one frame after another.
globalThis.Camera = (() => {
  "use strict";
  const reasons = {
    NotAllowedError: "The camera was refused. Allow it for this page in your browser's settings and start it again, or open a picture.",
    NotFoundError: "There is no camera. Connect one and start it again, or open a picture.",
    NotReadableError: "The camera cannot be used: another program may have it. Close that program and start the camera again, or open a picture.",
  };

  class Camera {
    #video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
    #goOn = () => {};

    async start() {
      if (!navigator.mediaDevices) {
        throw new Error("The browser gives this page no camera. Open the book from your disk, or by an address that begins with https.");
      }
      try {
        this.#video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 640 }, facingMode: "environment" } });
      } catch (error) {
        throw new Error(reasons[error.name] ?? `The camera cannot be started (${error.message}). Open a picture instead.`);
      }
      await this.#video.play();
    }

    get runs() {
      return this.#video.srcObject?.active ?? false;
    }

    stop() {
      this.#video.srcObject?.getTracks().forEach(track => track.stop());
      this.#video.srcObject = null;
      this.#goOn(); // no frame will come that somebody may wait for
    }

    // The next frame, as a bitmap; null where the camera has stopped.
    async frame() {
      if (this.runs) {
        await new Promise(done => {
          this.#goOn = done;
          this.#video.requestVideoFrameCallback(done);
          this.#video.srcObject.getTracks().forEach(track => track.addEventListener("ended", done)); // pulled out
        });
      }
      return this.runs ? createImageBitmap(this.#video) : null;
    }
  }

  return Camera;
})();
