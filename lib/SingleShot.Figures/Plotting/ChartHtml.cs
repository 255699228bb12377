using System.Security.Cryptography;
using System.Text;
using SingleShot.Figures.Drawing;

namespace SingleShot.Figures.Plotting;

/// <summary>A chart in a page: a still drawing, and the script that puts Plotly's in its place.</summary>
internal static class ChartHtml
{
    public static string Of(string summary, string json, int height, string fallback)
    {
        // Named after its content, so that a notebook run twice is the same file; the script draws every element of the name.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];
        return $$"""
            <figure style="margin:8px 0;max-width:1000px">
            <div data-singleshot-chart="{{id}}" role="img" aria-label="{{Html.Text(summary)}}" style="width:100%;height:{{height}}px;overflow:hidden">{{fallback}}</div>
            </figure>
            <script>(function () {
            var chart = {{Html.Script(json)}}, began = Date.now();
            function ink(holder) { return getComputedStyle(holder.parentNode).color; }
            function draw(holder) {
            var copy = JSON.parse(JSON.stringify(chart)), layout = copy.layout || {}, clear = layout.paper_bgcolor === "rgba(0,0,0,0)";
            layout.autosize = true;
            delete layout.width;
            if (clear) { layout.font = Object.assign({}, layout.font, { color: ink(holder) }); }
            holder.setAttribute("data-drawn", "");
            holder.textContent = "";
            window.Plotly.newPlot(holder, { data: copy.data, layout: layout, frames: copy.frames, config: { responsive: true, displaylogo: false } }).then(function () {
            if (window.ResizeObserver) { new ResizeObserver(function () { if (holder.offsetWidth) { window.Plotly.Plots.resize(holder); } }).observe(holder); }
            if (clear) { matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () { window.Plotly.relayout(holder, { "font.color": ink(holder) }); }); }
            });
            }
            (function wait() {
            var holders = document.querySelectorAll('[data-singleshot-chart="{{id}}"]:not([data-drawn])');
            if (holders.length && window.Plotly && window.Plotly.newPlot) { holders.forEach(draw); return; }
            var late = Date.now() - began > 15000;
            if (late) { holders.forEach(function (holder) {
            if (holder.querySelector("p")) { return; }
            var note = document.createElement("p");
            note.style.cssText = "margin:0;font:13px sans-serif";
            note.textContent = "A still drawing: plotly.js is not in this page. Run the notebook's first cell, Notebook.Start().";
            holder.insertBefore(note, holder.firstChild);
            }); }
            if (!late || holders.length) { setTimeout(wait, late ? 2000 : 100); }
            })();
            })();</script>
            """;
    }
}
