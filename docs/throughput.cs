using System.Globalization;

// dotnet run docs/throughput.cs -- [IMAGES_PER_SECOND [BATCH_PER_GPU [MILLION_WEIGHTS]]]
// How many images a second N GPUs train on, on paper. docs/more-than-one-machine.md says what is assumed.
double Argument(int index, double otherwise) => args.Length > index ? double.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
var one = Argument(0, 364);          // images a second of one GPU: NVIDIA's figure for its SSD300 on ResNet-50, A100, TF32
var batch = Argument(1, 32);         // images in a step of one GPU
var gradients = Argument(2, 35.64) * 1e6 * sizeof(float); // bytes; SSD300 on VGG16 has 35.64 million weights

const int PerMachine = 8;            // GPUs that NVLink connects
const double NvLink = 0.8 * 300e9;   // bytes a second in one direction, of which a ring gets four fifths
const double Network = 0.9 * 12.5e9; // 100 Gb/s between two machines, shared by the GPUs of each, of which nine tenths are gradients
const double Pcie = 0.8 * 25e9;      // to the host's memory and back, version 4 with 16 lanes
const double Memory = 20e9;          // what the processes of one machine add up in its memory, all together
const double Message = 20e-6;        // seconds for each message

// An all-reduce over n members sends 2 (n - 1) / n of the bytes from each, in 2 (n - 1) messages one after another.
double Ring(int n, double bytes, double bandwidth) => n == 1 ? 0 : 2.0 * (n - 1) / n * bytes / bandwidth + 2 * (n - 1) * Message;

var compute = batch / one;
Console.WriteLine(FormattableString.Invariant($"{one:0} images/s alone, {batch:0} images a GPU and step, {gradients / 1e6:0} MB of gradients. A step computes for {compute * 1e3:0} ms; nothing is sent meanwhile."));
Console.WriteLine();
Console.WriteLine("| GPUs | machines | NCCL: sending | images/s | of N times one | hosts' memory: sending | images/s | of N times one |");
Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
foreach (var gpus in new[] { 1, 2, 4, 8, 16, 32, 64 })
{
    var machines = (gpus + PerMachine - 1) / PerMachine;
    var inside = Math.Min(gpus, PerMachine);
    // Within a machine first, then between machines, of which each has the sum of its own.
    var nccl = Ring(inside, gradients, NvLink) + Ring(machines, gradients, Network);
    var hosts = gpus == 1 ? 0 : 2 * gradients / Pcie + Ring(inside, inside * gradients, Memory) + Ring(machines, gradients, Network);
    Console.WriteLine(FormattableString.Invariant($"| {gpus} | {machines} | {Cells(nccl)} | {Cells(hosts)} |"));

    string Cells(double sending) => FormattableString.Invariant($"{sending * 1e3:0.0} ms | {gpus * batch / (compute + sending):0} | {compute / (compute + sending):P0}");
}
